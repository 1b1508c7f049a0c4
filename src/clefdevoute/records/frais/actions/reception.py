"""Receiving an invoice: its supplier found or made, its duplicate or its conflict recognised, its file kept."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from clefdevoute.records.entreprises.models import Agrement, EntrepriseInsertion
from clefdevoute.records.entreprises.writing import inserted
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.models import Facture, Fournisseur, PieceFacture
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi

CENT = Decimal("0.01")
TEN_DIGITS = re.compile(r"[01][0-9]{9}")


class Issue(StrEnum):
    """How a reception ended."""

    NOUVELLE = "nouvelle"
    DEJA_RECUE = "deja_recue"
    CONFLIT = "conflit"


@dataclass(frozen=True, slots=True)
class Reception:
    """The invoice kept or recognised; ``other`` is the one it conflicts with."""

    facture: Facture
    issue: Issue
    other: Facture | None = None


@transaction.atomic
def recevoir(*, entreprise: EntrepriseInsertion, saisie: FactureSaisie, by: Actor, now: dt.datetime) -> Reception:
    """
    Keep an invoice, or recognise it.

    The same file, or the same supplier, number, kind and amounts: already received. Other amounts: a
    conflict that shows both, and neither is lost.
    """
    policies.check_writes(by, entreprise.pk)
    # One writer at a time: the number of the piece and the duplicates are read, then written.
    entreprise = EntrepriseInsertion.objects.select_for_update(of=("self",)).get(pk=entreprise.pk)
    if same := _same_file(entreprise, saisie):
        return Reception(same, Issue.DEJA_RECUE)
    supplier = _supplier(entreprise, saisie.fournisseur, by, now)
    key = number_key(saisie.number)
    known = list(Facture.objects.filter(fournisseur=supplier, number_key=key, kind=saisie.kind))
    if identical := next((row for row in known if _amounts(row) == _written(saisie)), None):
        return Reception(identical, Issue.DEJA_RECUE)
    counted = [row for row in known if row.state not in (Facture.State.CONFLIT, Facture.State.ECARTEE)]
    facture = _build(entreprise, supplier, saisie, now)
    if counted:
        facture.state, facture.conflict_with = Facture.State.CONFLIT, counted[0]
        facture.state_reason = "Même fournisseur, même numéro, un autre montant."
    _keep(facture, saisie, by, now)
    if counted:
        return Reception(facture, Issue.CONFLIT, counted[0])
    return Reception(facture, Issue.NOUVELLE)


def number_key(number: str) -> str:
    """Fold a number for comparison: no spaces, capitals."""
    return "".join(number.split()).upper()[:200]


def _same_file(entreprise: EntrepriseInsertion, saisie: FactureSaisie) -> Facture | None:
    if saisie.original is None or saisie.source != Facture.Source.UBL:
        return None
    sha256 = hashlib.sha256(saisie.original.content).hexdigest()
    return Facture.objects.of(entreprise.pk).filter(original__sha256=sha256, source=Facture.Source.UBL).first()


def _supplier(entreprise: EntrepriseInsertion, saisi: FournisseurSaisi, by: Actor, now: dt.datetime) -> Fournisseur:
    """Find the supplier on its ten digits, its foreign number, else its name; make it the first time."""
    own = Fournisseur.objects.of(entreprise.pk)
    number = saisi.enterprise_number if TEN_DIGITS.fullmatch(saisi.enterprise_number) else ""
    foreign = "" if number else saisi.foreign_vat_id.upper()[:30]
    if number:
        found = own.filter(enterprise_number=number).first()
    elif foreign:
        found = own.filter(foreign_vat_id=foreign).first()
    else:
        found = own.filter(enterprise_number="", foreign_vat_id="", name__iexact=saisi.name.strip()).first()
    if found:
        known: Fournisseur = found
        return known
    supplier = Fournisseur(
        entreprise=entreprise,
        name=saisi.name.strip()[:200] or number or foreign or "Fournisseur sans nom",
        enterprise_number=number,
        foreign_vat_id=foreign,
    )
    inserted(supplier)
    journal.append(event="frais.fournisseur_ajoute", by=by, subject=supplier, entreprise_id=entreprise.pk, now=now)
    return supplier


def _written(saisie: FactureSaisie) -> tuple[object, ...]:
    amounts = (saisie.net, saisie.vat, saisie.gross)
    return (saisie.currency, saisie.issue_date, *(amount.quantize(CENT, ROUND_HALF_UP) for amount in amounts))


def _amounts(row: Facture) -> tuple[object, ...]:
    return (row.currency, row.issue_date, row.net, row.vat, row.gross)


def _warnings(entreprise: EntrepriseInsertion, saisie: FactureSaisie) -> list[dict[str, str]]:
    found = [dict(warning) for warning in saisie.warnings]
    if saisie.buyer_number and saisie.buyer_number != entreprise.bce:
        found.append(
            {"rule": "acheteur", "sentence": "Le numéro de l’acheteur n’est pas celui de l’entreprise : vérifiez-la."}
        )
    if saisie.currency != "EUR":
        sentence = f"La facture est en {saisie.currency} : tapez le montant en euros et joignez sa preuve."
        found.append({"rule": "monnaie", "sentence": sentence})
    if any(amount != amount.quantize(CENT) for amount in (saisie.net, saisie.vat, saisie.gross)):
        found.append(
            {"rule": "arrondi", "sentence": "Des montants de plus de deux décimales ont été arrondis au cent."}
        )
    return found


def _outside_every_agrement(entreprise: EntrepriseInsertion, day: dt.date) -> bool:
    periods = list(Agrement.objects.of(entreprise.pk))
    held = (row for row in periods if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on))
    return bool(periods) and next(held, None) is None


def _build(entreprise: EntrepriseInsertion, supplier: Fournisseur, saisie: FactureSaisie, now: dt.datetime) -> Facture:
    last = Facture.objects.of(entreprise.pk).aggregate(last=Max("piece_number"))["last"] or 0
    facture = Facture(
        entreprise=entreprise,
        piece_number=last + 1,
        fournisseur=supplier,
        number=saisie.number.strip()[:200],
        number_key=number_key(saisie.number),
        kind=saisie.kind,
        issue_date=saisie.issue_date,
        due_date=saisie.due_date,
        currency=saisie.currency,
        net=saisie.net.quantize(CENT, ROUND_HALF_UP),
        vat=saisie.vat.quantize(CENT, ROUND_HALF_UP),
        gross=saisie.gross.quantize(CENT, ROUND_HALF_UP),
        source=saisie.source,
        warnings=_warnings(entreprise, saisie),
        credited_number=saisie.credited_number[:200],
        received_at=now,
    )
    _place_period(facture, saisie)
    if facture.credited_number:
        facture.credited = Facture.objects.filter(
            fournisseur=supplier, number_key=number_key(saisie.credited_number), kind=Facture.Kind.FACTURE
        ).first()
    if _outside_every_agrement(entreprise, saisie.issue_date):
        facture.state = Facture.State.HORS_PERIODE
        facture.state_reason = "Émise en dehors de toute période d’agrément."
    return facture


def _place_period(facture: Facture, saisie: FactureSaisie) -> None:
    """Keep the service period; one date alone stands for both, and a reversed one is said, not kept."""
    start = saisie.period_start or saisie.period_end
    end = saisie.period_end or saisie.period_start
    if start and end and end < start:
        sentence = f"La période écrite finit le {end:%d/%m/%Y}, avant de commencer : elle n’a pas été reprise."
        facture.warnings.append({"rule": "periode", "sentence": sentence})
        return
    facture.period_start, facture.period_end = start, end


def _keep(facture: Facture, saisie: FactureSaisie, by: Actor, now: dt.datetime) -> None:
    if saisie.original is not None:
        facture.original = store(saisie.original, facture, by, now)
    kept: list[tuple[FichierSaisi, ProofFile]] = []
    for attachment in saisie.attachments:
        try:
            kept.append((attachment, store(attachment, facture, by, now)))
        except RecordError as refused:
            facture.warnings.append({"rule": "piece_jointe", "sentence": str(refused)})
    inserted(facture)
    for proof_id, (attachment, proof) in {proof.pk: (attachment, proof) for attachment, proof in kept}.items():
        PieceFacture.objects.create(
            entreprise_id=facture.entreprise_id,
            facture=facture,
            proof_id=proof_id,
            filename=proofs.clean_filename(attachment.filename) or proof.filename,
        )
    event = "frais.facture_en_conflit" if facture.state == Facture.State.CONFLIT else "frais.facture_recue"
    journal.append(event=event, by=by, subject=facture, entreprise_id=facture.entreprise_id, now=now)


def store(fichier: FichierSaisi, facture: Facture, by: Actor, now: dt.datetime) -> ProofFile:
    """Keep a file of an invoice as a proof of its enterprise."""
    return proofs.store(
        content=fichier.content,
        filename=fichier.filename,
        by=by,
        entreprise_id=facture.entreprise_id,
        now=now,
        classe=FieldClass.ADMINISTRATIF,
    )
