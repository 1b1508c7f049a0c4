"""
What is missing before the justification can be sent: coded items, each with a sentence that says what to do.

A blocking item keeps the package from leaving; the others are said and change nothing. The order is that
of the work: the year, the accompagnateurs, the costs, the tables, the papers.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from clefdevoute.law.accompagnement_social.tableaux import Tableaux
from clefdevoute.law.kernel.errors import LawError
from clefdevoute.law.kernel.money import euros
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.personnes.models import Accompagnateur

from . import annees, manque_couts
from .decompte import DecompteAnnee, decompter, tient
from .errors import AgrementManquant
from .etats import TRANSMISES
from .models import DeclarationHonneur, DecompteFige, Mouvement, Subvention


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing missing: a stable code, the sentence, the page where it is mended, whether it blocks."""

    code: str
    sentence: str
    where: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Bilan:
    """All that is missing for a year, with the décompte it was found on (None where none could be made)."""

    items: tuple[Manque, ...]
    decompte: DecompteAnnee | None
    sent: bool = False

    @property
    def blocking(self) -> tuple[Manque, ...]:
        """Those that keep the package from leaving."""
        return tuple(item for item in self.items if item.blocking)

    @property
    def ready(self) -> bool:
        """Tell whether the package may leave; one that has left leaves no more."""
        return self.decompte is not None and not self.sent and not self.blocking


def manque(*, entreprise: EntrepriseInsertion, as_of: dt.date, today: dt.date) -> Bilan:
    """
    Say what is missing before the year that holds ``as_of`` can be sent on ``today``.

    Nothing is, once it has left: contracts and costs that come later change no frozen paper.
    """
    try:
        counted = decompter(entreprise=entreprise, as_of=as_of)
    except AgrementManquant as refused:
        return Bilan((Manque("agrement_absent", str(refused), "entreprise"),), None)
    except (LawError, RecordError) as refused:
        return Bilan(tuple(_impossible(entreprise, as_of, str(refused))), None)
    row = counted.faits.subvention
    if row is not None and row.state in TRANSMISES:
        return Bilan((), counted, sent=True)
    items = (
        *_year(entreprise, counted, today),
        *_team(entreprise, counted),
        *(Manque(*item) for item in manque_couts.missing(entreprise, counted, today)),
        *_tables(counted),
        *_papers(entreprise, counted),
    )
    return Bilan(items, counted)


def _impossible(entreprise: EntrepriseInsertion, as_of: dt.date, why: str) -> Iterator[Manque]:
    """Say why no décompte can be made, the approval first: a grant without a right is its consequence."""
    approval = annees.facts_or_refuse(entreprise.pk)
    start = annees.annee_at(approval, as_of).value.debut
    if annees.agrement_at(approval, start).value.etat != "en_cours":
        yield Manque("agrement_pas_en_cours", _approval_sentence(entreprise, start), "entreprise")
    yield Manque("decompte_impossible", why, "justification")


def _year(entreprise: EntrepriseInsertion, counted: DecompteAnnee, today: dt.date) -> Iterator[Manque]:
    facts = counted.faits
    year = facts.annee
    if today < year.debut:
        text = f"L’année d’agrément ne commence que le {year.debut:%d/%m/%Y} : rien n’est à justifier avant."
        yield Manque("annee_pas_commencee", text, "justification")
    elif today < year.preuves_des:
        text = (
            f"L’année finit le {year.fin:%d/%m/%Y} : les pièces s’envoient à partir du {year.preuves_des:%d/%m/%Y}. "
            "Préparez d’ici là."
        )
        yield Manque("annee_pas_finie", text, "justification")
    if facts.agrement != "en_cours":
        yield Manque("agrement_pas_en_cours", _approval_sentence(entreprise, year.debut), "entreprise")
    elif today >= year.debut and not annees.agrement_at(annees.facts_or_refuse(entreprise.pk), today).value.paiement:
        yield Manque("paiement_arrete", _approval_sentence(entreprise, today), "entreprise")
    right = next(step for step in counted.explained.because if step.rule == "accompagnement_social.droit")
    if facts.agrement == "en_cours" and not right.value.ouvert:
        yield Manque("droit_absent", f"{right.sentence} Il n’y a rien à justifier pour cette année.", "travailleurs")
    if facts.subvention is None:
        text = "L’année n’est pas ouverte : notez le jour où le contrat de l’accompagnateur a été envoyé."
        if year.numero > 1:
            text = (
                "L’année n’est pas ouverte : dites si son avance vient avec le solde d’avant, ou d’un contrat envoyé."
            )
        yield Manque("annee_pas_ouverte", text, "justification")
    elif facts.subvention.granted_amount is None:
        text = (
            "Le montant accordé n’est pas noté : le décompte prend le plafond du palier. Recopiez-le de la décision, "
            "avec sa date."
        )
        yield Manque("octroi_absent", text, "justification", blocking=False)
    if not entreprise.file_number:
        text = "Le numéro de dossier (EI02…) manque : les annexes le portent. Recopiez-le de l’arrêté d’agrément."
        yield Manque("numero_dossier_absent", text, "entreprise")


def _approval_sentence(entreprise: EntrepriseInsertion, day: dt.date) -> str:
    answer = annees.agrement_at(annees.facts_or_refuse(entreprise.pk), day)
    return f"{answer.sentence} Enregistrez la décision qui manque, ou demandez à l’administration."


def _team(entreprise: EntrepriseInsertion, counted: DecompteAnnee) -> Iterator[Manque]:
    year = counted.faits.annee
    held = [
        one for one in counted.faits.contrats if one.debut <= year.fin and (one.fin is None or one.fin >= year.debut)
    ]
    if not held:
        text = (
            "Aucun accompagnateur n’est sous contrat pendant l’année : sans lui, aucun coût n’est admis. Enregistrez "
            "l’accompagnateur et son contrat."
        )
        yield Manque("accompagnateur_absent", text, "accompagnateurs")
        return
    people = Accompagnateur.objects.of(entreprise.pk).filter(pk__in={one.accompagnateur for one in held})
    if not any(person.phone or person.mobile for person in people):
        text = "Le tableau A demande les numéros fixe et mobile de l’accompagnateur : ajoutez-les à sa fiche."
        yield Manque("telephone_absent", text, "accompagnateurs", blocking=False)
    for text in counted.explained.value.avertissements:
        code = "etp_minimum" if "ETP" in text else "avertissement"
        yield Manque(code, text, "accompagnateurs" if code == "etp_minimum" else "decompte", blocking=False)


def tables_of(counted: DecompteAnnee) -> Tableaux:
    """Find the tables in the steps of a décompte."""
    found = next(step for step in counted.explained.because if step.rule == "accompagnement_social.tableaux")
    value: Tableaux = found.value
    return value


def _tables(counted: DecompteAnnee) -> Iterator[Manque]:
    tables, figures = tables_of(counted), counted.explained.value
    held_b = any(sheet.tableau == "B" and sheet.cases for sheet in tables.feuilles)
    if held_b and not tables.tableau_b:
        text = (
            f"Des coûts sont au tableau B alors que le tableau A suffit ({tables.arret or 'rien à justifier'}) : le B "
            "ne s’envoie pas. Vous pouvez laisser ces lignes."
        )
        yield Manque("b_avant_a", text, "tableaux", blocking=False)
    if tables.manque:
        text = (
            f"Il manque {euros(tables.manque)} de frais pour justifier tout le montant accordé : imputez d’autres "
            f"factures, ou acceptez {euros(figures.justifie)}."
        )
        yield Manque("montant_non_justifie", text, "tableaux", blocking=False)


def _papers(entreprise: EntrepriseInsertion, counted: DecompteAnnee) -> Iterator[Manque]:
    row = counted.faits.subvention
    if row is None:
        return
    room = next((step for step in counted.explained.because if step.rule == "sieg.place"), None)
    if room is not None and not room.value.possible:
        yield Manque("de_minimis_depasse", room.sentence, "de_minimis")
    if counted.faits.avance_versee is None and not Mouvement.objects.filter(subvention=row).exists():
        text = "Aucune avance n’est enregistrée : le décompte prend celle que la règle donne. Notez le versement reçu."
        yield Manque("avance_absente", text, "justification", blocking=False)
    yield from _signed(row, counted)


def _signed(row: Subvention, counted: DecompteAnnee) -> Iterator[Manque]:
    frozen = DecompteFige.objects.filter(subvention=row).order_by("frozen_at", "pk").last()
    if frozen is None:
        yield Manque("decompte_non_fige", "Le décompte n’est pas figé : relisez-le, puis figez-le.", "justification")
        return
    if not tient(frozen.explained, frozen.readings, counted):
        text = f"Les données ont changé depuis le décompte figé le {frozen.frozen_at:%d/%m/%Y} : figez-le à nouveau."
        yield Manque("decompte_perime", text, "justification")
    declaration = DeclarationHonneur.objects.filter(subvention=row, replaced=False).first()
    if declaration is None:
        text = "La déclaration sur l’honneur n’est pas produite : produisez-la, puis faites-la signer."
        yield Manque("declaration_absente", text, "justification")
    elif declaration.decompte_id != frozen.pk:
        text = "La déclaration vient d’un décompte plus ancien : produisez-en une nouvelle, puis faites-la signer."
        yield Manque("declaration_perimee", text, "justification")
    elif declaration.signed_on is None:
        text = (
            "La déclaration n’est pas signée : imprimez-la, faites-la signer par le chef d’entreprise, notez la date."
        )
        yield Manque("declaration_non_signee", text, "justification")
