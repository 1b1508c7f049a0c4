"""What is missing among the costs of a year: comptes individuels, invoices, keys; plain tuples for ``manque``."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q

from clefdevoute.law.accompagnement_social.couts import Composante
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.frais.cles import Part, check_parts
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.errors import BaseDepassee, CleAuDessusDe100
from clefdevoute.records.frais.facts import GENRES, LigneAnnee
from clefdevoute.records.frais.models import CompteIndividuel, Facture, LigneFrais
from clefdevoute.records.personnes.models import Accompagnateur

from .decompte import DecompteAnnee
from .facts import FaitsAnnee

Item = tuple[str, str, str, bool]
State = Facture.State


def missing(entreprise: EntrepriseInsertion, counted: DecompteAnnee, today: dt.date) -> Iterator[Item]:
    """List what is missing among the costs, in the order of the work."""
    yield from _comptes(entreprise, counted.faits, today)
    yield from _invoices(entreprise, counted.faits)
    yield from _keys(entreprise, counted.faits)
    yield from _lines(counted)


def comptes_requis(faits: FaitsAnnee) -> tuple[tuple[str, int], ...]:
    """List each accompagnateur with each civil year in which a contract touches the agrément year."""
    needed = set()
    for contract in faits.contrats:
        start = max(contract.debut, faits.annee.debut)
        end = min(contract.fin or faits.annee.fin, faits.annee.fin)
        if start <= end:
            needed |= {(contract.accompagnateur, year) for year in range(start.year, end.year + 1)}
    return tuple(sorted(needed, key=lambda one: (one[1], one[0])))


def comptes_en_vigueur(entreprise: EntrepriseInsertion, faits: FaitsAnnee) -> dict[tuple[str, int], CompteIndividuel]:
    """Find the document in force for each accompagnateur and civil year that the agrément year touches."""
    rows = CompteIndividuel.objects.of(entreprise.pk).filter(
        replaced=False, year__gte=faits.annee.debut.year, year__lte=faits.annee.fin.year
    )
    return {(str(row.accompagnateur_id), row.year): row for row in rows.select_related("proof", "accompagnateur")}


def _comptes(entreprise: EntrepriseInsertion, faits: FaitsAnnee, today: dt.date) -> Iterator[Item]:
    held = comptes_en_vigueur(entreprise, faits)
    names = {str(row.pk): str(row) for row in Accompagnateur.objects.of(entreprise.pk)}
    for who, year in comptes_requis(faits):
        row = held.get((who, year))
        if row is None:
            text = f"Le compte individuel {year} de {names[who]} manque : déposez le PDF du secrétariat social."
            if year > today.year:
                text = (
                    f"Le compte individuel {year} de {names[who]} viendra : l’année civile {year} n’a pas commencé, "
                    "attendez ses premières fiches de paie."
                )
            elif year == today.year:
                text = (
                    f"Le compte individuel {year} de {names[who]} manque : l’année n’est pas close, déposez une "
                    "feuille provisoire, ou les fiches de paie en un PDF."
                )
            yield "compte_individuel_absent", text, "comptes", True
        elif row.nature != CompteIndividuel.Nature.DEFINITIF:
            closed = year < today.year
            text = f"Le compte individuel {year} de {names[who]} est provisoire : il sera signalé comme tel."
            if closed:
                text = f"L’année {year} est close : remplacez la feuille provisoire de {names[who]} par le compte."
            yield "compte_individuel_provisoire", text, "comptes", False
    yield from _silent_months(faits, names, today)
    yield from _travel_twice(faits, names)


def _silent_months(faits: FaitsAnnee, names: dict[str, str], today: dt.date) -> Iterator[Item]:
    """Name the months over, under contract, without gross pay: forgotten, most of the time."""
    paid = {
        (one.accompagnateur, one.date.replace(day=1))
        for one in faits.composantes
        if one.genre == GENRES[Composant.BRUT]
    }
    silent: dict[str, set[str]] = defaultdict(set)
    for contract in faits.contrats:
        for month in _months(faits):
            last = (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            under = contract.debut <= last and (contract.fin is None or contract.fin >= month)
            counted = faits.annee.debut <= last <= faits.annee.fin and last < today
            if under and counted and (contract.accompagnateur, month) not in paid:
                silent[contract.accompagnateur].add(f"{month:%m/%Y}")
    for who, months in silent.items():
        listed = ", ".join(sorted(months, key=lambda text: (text[3:], text[:2])))
        text = f"{names[who]} : aucun salaire pour {listed}. Tapez les montants, ou vérifiez le contrat."
        yield "mois_sans_montant", text, "comptes", False


def _travel_twice(faits: FaitsAnnee, names: dict[str, str]) -> Iterator[Item]:
    """Name the months whose travel is on the route sheet and in the compte individuel: it would count twice."""

    def places(given: tuple[Composante, ...]) -> set[tuple[str, str, dt.date]]:
        return {(one.accompagnateur, one.genre, one.date.replace(day=1)) for one in given if one.montant}

    for who, genre, month in sorted(places(faits.comptes) & places(faits.trajets)):
        kind = "les missions" if genre == "mission" else "les trajets domicile – travail"
        text = (
            f"{names[who]}, {month:%m/%Y} : {kind} sont sur la feuille de route et dans le compte "
            "individuel. Gardez l’un des deux, sinon le coût compte deux fois."
        )
        yield "deplacement_deux_fois", text, "trajets", False


def _months(faits: FaitsAnnee) -> list[dt.date]:
    found, month = [], faits.annee.debut.replace(day=1)
    while month <= faits.annee.fin:
        found.append(month)
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return found


def _invoices(entreprise: EntrepriseInsertion, faits: FaitsAnnee) -> Iterator[Item]:
    inside = Q(issue_date__gte=faits.annee.debut, issue_date__lte=faits.annee.fin)
    foreign = inside & Q(state=State.A_IMPUTER, net_eur__isnull=True) & ~Q(currency="EUR")
    touching = Q(period_start__lte=faits.annee.fin, period_end__gte=faits.annee.debut) & ~inside
    counts = Facture.objects.of(entreprise.pk).aggregate(
        foreign=Count("pk", filter=foreign),
        waiting=Count("pk", filter=inside & Q(state=State.A_IMPUTER)),
        conflicts=Count("pk", filter=inside & Q(state=State.CONFLIT)),
        outside=Count("pk", filter=touching & Q(state__in=[State.A_IMPUTER, State.IMPUTEE, State.HORS_PERIODE])),
    )
    if number := counts["foreign"]:
        text = f"{_invoices_fr(number)} en monnaie étrangère sans montant en euros : tapez-le et joignez sa preuve."
        yield "devise_sans_euros", text, "factures", True
    if number := counts["waiting"] - counts["foreign"]:
        text = f"{_invoices_fr(number)} à imputer : choisissez le poste et la clé, ou écartez avec un motif."
        yield "facture_a_imputer", text, "factures", True
    if number := counts["conflicts"]:
        text = f"{_invoices_fr(number)} en conflit : même fournisseur et même numéro, autre montant. Gardez la bonne."
        yield "facture_en_conflit", text, "factures", True
    if number := counts["outside"]:
        text = (
            f"{_invoices_fr(number)} dont la période touche l’année, mais pas la date : la date d’émission "
            f"décide, {'elle compte' if number == 1 else 'elles comptent'} dans une autre année."
        )
        yield "facture_hors_annee", text, "factures", False


def _invoices_fr(number: int) -> str:
    return "1 facture" if number == 1 else f"{number} factures"


def _keys(entreprise: EntrepriseInsertion, faits: FaitsAnnee) -> Iterator[Item]:
    """Check again what the write already refused: rows may have come from an import or an older version."""
    parts: dict[object, list[Part]] = defaultdict(list)
    for line in faits.lignes:
        if line.facture_id is not None:
            one = line.depense
            parts[line.facture_id].append(Part(one.ligne, one.hors_tva or Decimal(0), one.tva, one.cle))
    if not parts:
        return
    imputed = LigneFrais.objects.of(entreprise.pk).filter(
        facture__issue_date__gte=faits.annee.debut, facture__issue_date__lte=faits.annee.fin
    )
    invoices = {line.facture_id: line.facture for line in imputed.select_related("facture")}
    for pk, own in parts.items():
        facture = invoices.get(pk)
        if facture is None or facture.euros is None:
            continue
        net, vat = facture.euros
        if facture.sign < 0 and net < 0:
            net, vat = -net, -vat
        try:
            check_parts(own, net=net, vat=vat, other_percent=facture.other_subsidy_percent or Decimal(0))
        except (CleAuDessusDe100, BaseDepassee) as refused:
            yield (
                "cle_au_dessus_de_100",
                f"Pièce n° {facture.piece_number} ({facture.number}) : {refused}",
                "factures",
                True,
            )


def _lines(counted: DecompteAnnee) -> Iterator[Item]:
    steps = [step for step in counted.explained.because if step.rule == "accompagnement_social.ligne_admise"]
    for step in steps:
        if step.value.etat == "en_attente":
            yield "ligne_en_attente", f"{step.sentence} Complétez-la, sinon elle ne compte pas.", "tableaux", False
        elif step.value.etat == "refusee":
            yield "ligne_refusee", f"{step.sentence} Elle ne compte pas : corrigez-la ou écartez-la.", "tableaux", False
    overlaps = sum(any("déborde" in text for text in step.value.avertissements) for step in steps)
    if overlaps:
        text = (
            f"{_invoices_fr(overlaps)} dont la période facturée déborde de l’année : rien n’est coupé, la date décide."
        )
        yield "periode_deborde", text, "tableaux", False
    yield from _twice(counted.faits)


def _place(line: LigneAnnee) -> tuple[str, str, dt.date]:
    return line.supplier, line.depense.ligne, line.depense.date.replace(day=1)


def _twice(faits: FaitsAnnee) -> Iterator[Item]:
    """Name a recurring charge that also came as an invoice, same supplier, line and month."""
    charged = {_place(one) for one in faits.lignes if one.charge_id}
    invoiced = {_place(one) for one in faits.lignes if one.facture_id}
    for supplier, line, month in sorted(charged & invoiced):
        text = f"{supplier}, {line}, {month:%m/%Y} : une charge récurrente et une facture. Gardez l’une des deux."
        yield "charge_et_facture", text, "factures", False
