"""
One year's rows as the facts of ``decompte``; the number of queries never grows with the rows.

Approval 3, subsidy 1, movements 1, workers 3, contracts 1, wage amounts 1, trips 1, operating costs 3, VAT 1,
readings 1, aids 1: seventeen, for three invoices as for three hundred.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, get_args, get_type_hints

from clefdevoute.law.accompagnement_social.couts import Composante, ContratAccompagnateur
from clefdevoute.law.accompagnement_social.decompte import Lectures, OctroiDeMinimis
from clefdevoute.law.accompagnement_social.effectifs import Engagement
from clefdevoute.law.accompagnement_social.lignes import RegimeTva
from clefdevoute.law.agrement.annee import AnneeAgrement
from clefdevoute.law.agrement.en_cours import EtatAgrement
from clefdevoute.law.deplacements.rules import Bareme
from clefdevoute.law.kernel.registry import split
from clefdevoute.law.sieg.rules import AideDeMinimis as AideFact
from clefdevoute.records.entreprises.facts import lectures_at
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.frais import facts as frais
from clefdevoute.records.personnes.facts import contrat_facts, engagement_facts
from clefdevoute.records.temps import facts as temps

from . import annees
from .errors import LectureInconnue
from .models import AideDeMinimis, Mouvement, Subvention


@dataclass(frozen=True, slots=True)
class FaitsAnnee:
    """Everything the law needs for one agrément year, and the rows that pages show beside it."""

    annee: AnneeAgrement
    subvention: Subvention | None
    agree_depuis: dt.date
    agrement: EtatAgrement
    engagements: tuple[Engagement, ...]
    contrats: tuple[ContratAccompagnateur, ...]
    comptes: tuple[Composante, ...]
    trajets: tuple[Composante, ...]
    lignes: tuple[frais.LigneAnnee, ...]
    regimes_tva: tuple[RegimeTva, ...]
    octroye: Decimal | None
    avance_versee: Decimal | None
    origine_le: dt.date | None
    de_minimis: OctroiDeMinimis | None
    lectures: Lectures

    @property
    def composantes(self) -> tuple[Composante, ...]:
        """All that the accompagnateurs cost: the comptes individuels, then the route sheets."""
        return (*self.comptes, *self.trajets)

    def for_law(self) -> dict[str, Any]:
        """Give the keyword facts of the rule ``decompte``."""
        row = self.subvention
        inside = row is not None and row.reference_on and self.annee.debut <= row.reference_on <= self.annee.fin
        return {
            "agree_depuis": self.agree_depuis,
            "as_of": self.annee.debut,
            "agrement": self.agrement,
            "engagements": self.engagements,
            "contrats": self.contrats,
            "composantes": self.composantes,
            "depenses": tuple(line.depense for line in self.lignes),
            "regimes_tva": self.regimes_tva,
            "octroye": self.octroye,
            "avance_versee": self.avance_versee,
            "origine": row.origin if row is not None and self.origine_le else None,
            "origine_le": self.origine_le,
            "date_reference": row.reference_on if row is not None and inside else None,
            "de_minimis": self.de_minimis,
            "lectures": self.lectures,
        }


def faits_annee(*, entreprise: EntrepriseInsertion, as_of: dt.date) -> FaitsAnnee:
    """Read the facts of the agrément year that holds a day."""
    approval = annees.facts_or_refuse(entreprise.pk)
    year = annees.annee_at(approval, as_of).value
    row = Subvention.objects.of(entreprise.pk).filter(annee_agrement_start=year.debut).first()
    moved = mouvements_en_vigueur(row) if row else ()
    chosen = lectures_at(year.debut)
    advances = [one.amount for one in moved if one.kind == Mouvement.Kind.AVANCE]
    return FaitsAnnee(
        annee=year,
        subvention=row,
        agree_depuis=annees.agree_depuis(approval),
        agrement=annees.agrement_at(approval, year.debut).value.etat,
        engagements=engagement_facts(entreprise.pk, as_of=row.reference_on if row and row.reference_on else year.debut),
        contrats=contrat_facts(entreprise.pk),
        comptes=frais.composantes(entreprise.pk, year.debut, year.fin),
        trajets=temps.composantes(entreprise.pk, year.debut, year.fin, bareme=bareme_from(chosen)),
        lignes=frais.lignes(entreprise.pk, year.debut, year.fin),
        regimes_tva=frais.regimes_tva(entreprise.pk),
        octroye=row.granted_amount if row else None,
        avance_versee=sum(advances, Decimal("0.00")) if advances else None,
        origine_le=_origin_day(row),
        de_minimis=_grant(entreprise, row),
        lectures=lectures_from(chosen),
    )


def mouvements_en_vigueur(subvention: Subvention) -> tuple[Mouvement, ...]:
    """Read the money that moved, without the movements cancelled nor those that cancel."""
    rows = tuple(Mouvement.objects.filter(subvention=subvention))
    cancelled = {row.cancels_id for row in rows if row.cancels_id}
    return tuple(row for row in rows if row.pk not in cancelled and not row.cancels_id)


def aides_facts(entreprise_id: uuid.UUID, *, without: Subvention | None = None) -> tuple[AideFact, ...]:
    """Read the ledger of de minimis aids for ``sieg.place``, in one query."""
    rows = AideDeMinimis.objects.of(entreprise_id)
    if without is not None:
        rows = rows.exclude(subvention=without)
    return tuple(
        AideFact(
            octroyee_le=row.granted_on,
            montant=row.amount,
            type_aide="sieg" if row.regulation == AideDeMinimis.Regulation.SIEG else "generale",
            beneficiaire="entreprise_unique" if row.group_member else "propre",
            libelle=row.grantor,
        )
        for row in rows
    )


def fiscal_year(entreprise: EntrepriseInsertion) -> dt.date:
    """Give the first day of a fiscal year of the enterprise, for the old regulation's window."""
    return dt.date(2012, entreprise.fiscal_year_start_month, 1)


def _grant(entreprise: EntrepriseInsertion, row: Subvention | None) -> OctroiDeMinimis | None:
    if row is None or row.granted_on is None:
        return None
    return OctroiDeMinimis(
        octroi_le=row.granted_on,
        aides=aides_facts(entreprise.pk, without=row),
        exercice_fiscal=fiscal_year(entreprise),
    )


def _origin_day(row: Subvention | None) -> dt.date | None:
    """Say when the advance was born: the contract's sending, or the decision that came with the last balance (A28)."""
    if row is None:
        return None
    return row.contract_sent_on if row.origin == Subvention.Origin.CONTRAT_RECU else row.granted_on


def lectures_from(chosen: dict[str, str]) -> Lectures:
    """Read the installation's choices as the law's readings; a key that is no fact of the décompte is left out."""
    hints = get_type_hints(Lectures, include_extras=True)
    given: dict[str, Any] = {}
    for one in fields(Lectures):
        kind, fact = split(hints[one.name])
        if fact.reading in chosen:
            given[one.name] = _reading(chosen[fact.reading], kind, fact.reading)
    return Lectures(**given)


def bareme_from(chosen: dict[str, str]) -> Bareme:
    """Read which table of kilometre rates the installation chose, the quarterly one where it chose none (A12)."""
    given: Bareme = _reading(chosen["A12"], Bareme, "A12") if "A12" in chosen else "trimestriel"
    return given


def _reading(value: str, kind: Any, key: str) -> Any:
    literals = [word for arg in (get_args(kind) or (kind,)) for word in (get_args(arg) or (arg,))]
    if value in literals:
        return value
    if bool in literals and value in ("oui", "non"):
        return value == "oui"
    words = ["oui", "non"] if bool in literals else [word for word in literals if isinstance(word, str)]
    raise LectureInconnue(
        f"Lecture {key} : « {value} » n’est pas un choix. Choisissez l’un de : {', '.join(words)}, aux lectures de "
        "l’installation."
    )
