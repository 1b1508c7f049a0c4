"""What is left to do before a year can leave, as rows of work: what is done says so, what misses leads there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from clefdevoute.documents.justification.depuis_dossier import PAPIERS, telephones
from clefdevoute.records.frais.models import CompteIndividuel
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.subventions.decompte import DecompteAnnee
from clefdevoute.records.subventions.manque import Bilan, tables_of
from clefdevoute.records.subventions.manque_couts import comptes_en_vigueur, comptes_requis
from clefdevoute.records.subventions.models import DeclarationHonneur
from clefdevoute.ui.formats import date_courte, euros, pluriel
from clefdevoute.workspaces.gestionnaire.justifier.annee import Place
from clefdevoute.workspaces.gestionnaire.justifier.liens import page
from clefdevoute.workspaces.gestionnaire.justifier.verdict import verdict

INVOICES = frozenset({"facture_a_imputer", "devise_sans_euros", "facture_en_conflit", "cle_au_dessus_de_100"})
_USELESS = "Inutile : le tableau A suffit"
_EMPTY = "Vide : imputez d’abord les factures de l’année"
_FULL = "Rempli, il ne suffit pas"
APPROVAL = frozenset({"agrement_absent", "agrement_pas_en_cours", "paiement_arrete", "numero_dossier_absent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tache:
    """A row of work."""

    title: str
    state: str
    href: str = ""
    meta: str = ""
    label: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """Rows of one subject."""

    id: str
    title: str
    sub: str
    taches: tuple[Tache, ...]


def groupes(place: Place, bilan: Bilan) -> tuple[Groupe, ...]:
    """Lay out the work of a year in the order in which it is done; nothing where no décompte can be made."""
    counted = bilan.decompte
    if counted is None:
        return ()
    figures = counted.explained.value
    return (
        Groupe(id="entreprise", title="Entreprise", sub=_since(place), taches=tuple(_entreprise(place, bilan))),
        Groupe(
            id="salaires",
            title="Coût salarial",
            sub=f"{euros(figures.cout_salarial)} admissibles",
            taches=tuple(_salaires(place, bilan, counted)),
        ),
        Groupe(
            id="tableaux",
            title="Tableaux",
            sub=f"{euros(figures.frais_retenus)} retenus",
            taches=tuple(_tableaux(place, bilan, counted)),
        ),
        Groupe(id="minimis", title="De minimis", sub="Aides de trois ans", taches=(_minimis(place, bilan, counted),)),
        Groupe(
            id="envoi",
            title="Envoi",
            sub=f"Dès le {date_courte(place.year.preuves_des)}",
            taches=tuple(_envoi(place, bilan)),
        ),
    )


def reste(bilan: Bilan) -> int:
    """Count what blocks besides the papers that come last."""
    return sum(1 for item in bilan.blocking if item.code not in PAPIERS)


def _codes(bilan: Bilan) -> set[str]:
    return {item.code for item in bilan.items}


def _since(place: Place) -> str:
    before = place.previous
    return f"Reprise de l’année du {date_courte(before.debut)}" if before else "Première année"


def _entreprise(place: Place, bilan: Bilan) -> Iterator[Tache]:
    codes, row, annee = _codes(bilan), place.subvention, place.year.debut
    number = place.entreprise.file_number
    wrong = codes & APPROVAL
    label = "Il manque le n° de dossier" if "numero_dossier_absent" in codes else "L’agrément est à régler"
    yield Tache(
        title="Nom, BCE et n° de dossier",
        href=page("entreprise", annee),
        meta=", ".join(filter(None, (place.entreprise.name, place.entreprise.bce_display, number))),
        state="manque" if wrong else "termine",
        label=label if wrong else "",
    )
    href = page("justification", annee)
    if row is None or row.reference_on is None:
        label = "Il manque l’envoi du contrat" if place.year.numero == 1 else "À ouvrir"
        yield Tache(title="Ouvrir l’année", href=href, state="manque", label=label)
        return
    count = row.persons_count or 0
    yield Tache(
        title=f"Personnes comptées au {date_courte(row.reference_on)}",
        href=href,
        meta=f"{count} {pluriel(count, 'personne')}, nombre figé à l’ouverture de l’année",
        state="termine",
    )
    granted = row.granted_amount is not None and row.granted_on is not None
    yield Tache(
        title="Montant accordé",
        href=href,
        meta=f"{euros(row.granted_amount)} le {date_courte(row.granted_on)}" if granted else "",  # type: ignore[arg-type]
        state="termine" if granted else "en_cours",
        label="" if granted else "À recopier de la décision",
    )
    paid = bilan.decompte.faits.avance_versee if bilan.decompte else None
    yield Tache(
        title="Avance reçue",
        href=href,
        meta=euros(paid) if paid is not None else "",
        state="termine" if paid is not None else "en_cours",
        label="" if paid is not None else "Versement à noter",
    )


def _salaires(place: Place, bilan: Bilan, counted: DecompteAnnee) -> Iterator[Tache]:
    href = page("comptes", place.year.debut)
    held = comptes_en_vigueur(place.entreprise, counted.faits)
    people = Accompagnateur.objects.visible_to(place.actor)
    names = {str(row.pk): str(row) for row in people}
    if "accompagnateur_absent" in _codes(bilan):
        team = page("accompagnateurs", place.year.debut)
        yield Tache(title="Accompagnateur", href=team, state="manque", label="Il manque un accompagnateur")
    for who, year in comptes_requis(counted.faits):
        row = held.get((who, year))
        title = f"Compte individuel {year} de {names[who]}"
        href = reverse("gestionnaire:compte", kwargs={"pk": who, "annee": year})
        if row is None and year > place.today.year:
            yield Tache(title=title, href=href, meta=f"Viendra en {year}", state="impossible")
        elif row is None:
            yield Tache(title=title, href=href, state="manque", label="Il manque le document")
        elif row.nature != CompteIndividuel.Nature.DEFINITIF:
            meta = f"Reçu le {date_courte(row.received_on)}, signalé comme tel dans le dossier"
            yield Tache(title=title, href=href, meta=meta, state="en_cours", label=row.get_nature_display())
        else:
            yield Tache(title=title, href=href, meta=f"Reçu le {date_courte(row.received_on)}", state="termine")
    for item in bilan.items:
        if item.code == "mois_sans_montant":
            yield Tache(title="Mois sans salaire", href=href, meta=item.sentence, state="en_cours", label="À vérifier")


def _tableaux(place: Place, bilan: Bilan, counted: DecompteAnnee) -> Iterator[Tache]:
    annee = place.year.debut
    waiting = [item for item in bilan.items if item.code in INVOICES]
    yield Tache(
        title="Factures",
        href=page("factures", annee),
        meta=" ".join(item.sentence for item in waiting) or "Toutes imputées ou écartées",
        state="manque" if waiting else "termine",
        label="Il en manque" if waiting else "",
    )
    tables, said = tables_of(counted), verdict(place, counted)
    enough = not tables.manque
    href = reverse("gestionnaire:tableaux", kwargs={"annee": annee})
    yield _tableau_a(place, counted, href)
    b_state = "sans_objet" if not tables.tableau_b else "termine" if enough else "en_cours"
    waits = tables.tableau_b and place.running
    yield Tache(
        title="Tableau B",
        href=href if tables.tableau_b and not waits else "",
        meta=f"{said.title} {said.text}" if tables.tableau_b and not waits else "" if waits else _useless(counted),
        state="impossible" if waits else b_state,
        label=f"Il manque {euros(tables.manque)}" if b_state == "en_cours" and not waits else "",
    )
    phones = telephones(place.entreprise, counted)
    yield Tache(
        title="Numéros de téléphone de l’accompagnateur",
        href=page("accompagnateurs", annee),
        meta=" · ".join(phones) or "Demandés au bas du tableau A",
        state="termine" if phones else "en_cours",
        label="" if phones else "À compléter",
    )


def _useless(counted: DecompteAnnee) -> str:
    """Say why table B is not asked; nothing where table A is not either."""
    return _USELESS if counted.explained.value.a_justifier else ""


def _tableau_a(place: Place, counted: DecompteAnnee, href: str) -> Tache:
    """Say how far table A is: not asked, empty, enough, or full and short."""
    tables, said = tables_of(counted), verdict(place, counted)
    meta = f"{said.title} {said.text}"
    if not counted.explained.value.a_justifier:
        return Tache(title="Tableau A", href=href, meta=meta, state="sans_objet")
    if place.running:
        return Tache(title="Tableau A", href=href, meta=meta, state="en_cours" if said.goes_on else "termine")
    if not any(sheet.tableau == "A" and sheet.cases for sheet in tables.feuilles):
        return Tache(title="Tableau A", href=href, meta=_EMPTY, state="pas_commence")
    return Tache(title="Tableau A", href=href, meta=_FULL if tables.tableau_b else meta, state="termine")


def _minimis(place: Place, bilan: Bilan, counted: DecompteAnnee) -> Tache:
    href = page("de_minimis", place.year.debut)
    room = next((one for one in counted.explained.because if one.rule == "sieg.place"), None)
    if room is None:
        meta = "Se vérifie au jour de l’octroi : notez d’abord le montant accordé et sa date"
        return Tache(title="Registre des aides", href=href, meta=meta, state="en_cours", label="À vérifier")
    passed = "de_minimis_depasse" in _codes(bilan)
    count = room.value.aides_comptees
    others = f"{count} {pluriel(count, 'autre aide', 'autres aides')} au registre, à déclarer avec celle-ci"
    return Tache(
        title="Registre des aides",
        href=href,
        meta=others if count else "Aucune autre aide au registre",
        state="manque" if passed else "termine",
        label="Le plafond est dépassé" if passed else "",
    )


def _envoi(place: Place, bilan: Bilan) -> Iterator[Tache]:
    codes, annee = _codes(bilan), place.year.debut
    closed = reste(bilan) > 0
    unfrozen = bool(codes & {"decompte_non_fige", "decompte_perime"}) or place.subvention is None
    yield Tache(
        title="Vérifier et figer le décompte",
        meta="S’ouvre quand plus rien d’autre ne manque" if closed else "",
        state="impossible" if closed and unfrozen else "pas_commence" if unfrozen else "termine",
    )
    declared = None if place.subvention is None else _declaration(place)
    stale = declared is None or bool(codes & {"declaration_absente", "declaration_perimee"})
    href = reverse("gestionnaire:declaration", kwargs={"annee": annee})
    state, label = "pas_commence", ""
    if unfrozen:
        state = "impossible"
    elif not stale and declared is not None and declared.signed_on is None:
        state, label = "manque", "Il manque la signature"
    elif not stale:
        state = "termine"
    yield Tache(
        title="Déclaration sur l’honneur",
        href="" if unfrozen else href,
        meta="À imprimer, à signer, à envoyer en original",
        state=state,
        label=label,
    )
    posted = declared.posted_on if declared is not None and not stale else None
    yield Tache(
        title="Original de la déclaration",
        href="" if unfrozen else href,
        meta=f"Posté le {date_courte(posted)}" if posted else "",
        state="termine" if posted else "pas_commence" if state == "termine" else "impossible",
    )
    yield Tache(
        title="Dossier à transmettre",
        href=reverse("gestionnaire:dossier", kwargs={"annee": annee}) if bilan.ready else "",
        meta=f"À partir du {date_courte(place.year.preuves_des)}, au terme des douze mois",
        state="pas_commence" if bilan.ready else "impossible",
    )


def _declaration(place: Place) -> DeclarationHonneur | None:
    rows = DeclarationHonneur.objects.visible_to(place.actor).filter(subvention=place.subvention, replaced=False)
    found: DeclarationHonneur | None = rows.first()
    return found
