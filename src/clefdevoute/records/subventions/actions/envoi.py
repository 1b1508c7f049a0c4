"""The last steps of a year: freeze the décompte, produce and sign the declaration, send the package."""

import datetime as dt
import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.frais.models import AnneeFigee
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.subventions import policies
from clefdevoute.records.subventions.decompte import decompter, geler
from clefdevoute.records.subventions.errors import EnvoiRefuse
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.subventions.manque_couts import comptes_en_vigueur, comptes_requis
from clefdevoute.records.subventions.models import DeclarationHonneur, DecompteFige, DossierTransmis, Subvention

from .annee import move


@dataclass(frozen=True, slots=True)
class Signataire:
    """Who will sign the declaration, in which quality and where; kept so that next year's is prefilled (F63)."""

    name: str = ""
    quality: str = ""
    place: str = ""


@transaction.atomic
def figer_decompte(*, subvention: Subvention, by: Actor, now: dt.datetime) -> DecompteFige:
    """Keep the décompte as it stands, whole, for the decision that follows; frozen again unchanged, it is the same."""
    row = locked(subvention)
    policies.check_can_freeze(by, row)
    frozen = geler(decompter(entreprise=row.entreprise, as_of=row.annee_agrement_start))
    last: DecompteFige | None = DecompteFige.objects.filter(subvention=row).order_by("frozen_at", "pk").last()
    if last is not None and last.sha256 == frozen.sha256:
        return last
    kept = DecompteFige.objects.create(
        entreprise_id=row.entreprise_id,
        subvention=row,
        explained=frozen.explained,
        readings=frozen.readings,
        law_version=frozen.law_version,
        sha256=frozen.sha256,
        frozen_at=now,
        frozen_by=by.user_id,
    )
    journal.append(event="subventions.decompte_fige", by=by, subject=kept, entreprise_id=row.entreprise_id, now=now)
    return kept


@transaction.atomic
def produire_declaration(
    *,
    decompte: DecompteFige,
    document: FichierSaisi | None,
    signataire: Signataire = Signataire(),
    by: Actor,
    now: dt.datetime,
) -> DeclarationHonneur:
    """Keep the declaration produced on a frozen décompte; it replaces the one before."""
    row = locked(decompte.subvention)
    policies.check_can_declare(by, row)
    last: DecompteFige | None = DecompteFige.objects.filter(subvention=row).order_by("frozen_at", "pk").last()
    if last is None or last.pk != decompte.pk:
        raise refused("Un décompte plus récent a été figé : produisez la déclaration sur celui-là.")
    DeclarationHonneur.objects.filter(subvention=row, replaced=False).update(replaced=True)
    declaration = checked(
        DeclarationHonneur(
            entreprise_id=row.entreprise_id,
            subvention=row,
            decompte=decompte,
            generated_at=now,
            amount=decompte.explained["value"]["justifie"],
            signatory=signataire.name.strip(),
            quality=signataire.quality.strip(),
            place=signataire.place.strip(),
            document=_store(document, row, by, now) if document is not None else None,
        )
    )
    declaration.save(force_insert=True)
    journal.append(
        event="subventions.declaration_produite", by=by, subject=declaration, entreprise_id=row.entreprise_id, now=now
    )
    return declaration


@transaction.atomic
def signer_declaration(
    *,
    declaration: DeclarationHonneur,
    signed_on: dt.date,
    document: FichierSaisi | None,
    by: Actor,
    now: dt.datetime,
) -> DeclarationHonneur:
    """Note that the head of the enterprise signed, and keep the scan where there is one (A21)."""
    row = locked(declaration)
    policies.check_can_sign(by, row)
    if not row.generated_at.date() <= signed_on <= now.date():
        raise refused("La signature est datée entre la production du document et aujourd’hui.", "signed_on")
    row.signed_on = signed_on
    row.signed_document = _store(document, row.subvention, by, now) if document is not None else None
    checked(row).save(update_fields=["signed_on", "signed_document"])
    journal.append(event="subventions.declaration_signee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def poster_declaration(
    *, declaration: DeclarationHonneur, posted_on: dt.date, by: Actor, now: dt.datetime
) -> DeclarationHonneur:
    """Note the day on which the signed original was posted."""
    row = locked(declaration)
    policies.check_can_post(by, row)
    row.posted_on = posted_on
    checked(row).save(update_fields=["posted_on"])
    journal.append(event="subventions.declaration_postee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def transmettre(
    *,
    subvention: Subvention,
    package: FichierSaisi,
    channel: DossierTransmis.Channel,
    sent_on: dt.date,
    receipt_number: str = "",
    by: Actor,
    now: dt.datetime,
) -> DossierTransmis:
    """
    Record that the package left: nothing may be missing, and the year's costs no longer change.

    The pieces are read from the ZIP itself; each compte individuel required must be in it, byte for byte.
    """
    row = locked(subvention)
    policies.check_can_submit(by, row)
    if sent_on > now.date():
        raise EnvoiRefuse("Un envoi se note une fois parti : choisissez une date passée.", ("date_future",))
    pieces = pieces_of(package)
    _check_ready(row, pieces, sent_on)
    decompte = DecompteFige.objects.filter(subvention=row).order_by("frozen_at", "pk").last()
    proof = proofs.store(
        content=package.content,
        filename=package.filename,
        by=by,
        entreprise_id=row.entreprise_id,
        now=now,
        classe=FieldClass.PERSONNEL,
        package=True,
    )
    sent = checked(
        DossierTransmis(
            entreprise_id=row.entreprise_id,
            subvention=row,
            decompte=decompte,
            package=proof,
            pieces=pieces,
            receipt_number=receipt_number.strip() or f"AS-{row.annee_agrement_start:%Y%m%d}-{proof.sha256[:8].upper()}",
            channel=channel,
            sent_on=sent_on,
            recorded_at=now,
            recorded_by=by.user_id,
        )
    )
    sent.save(force_insert=True)
    AnneeFigee.objects.create(
        entreprise_id=row.entreprise_id, start=row.annee_agrement_start, end=row.annee_agrement_end, frozen_at=now
    )
    target = Subvention.State.JUSTIFICATION_TRANSMISE
    move(row, target, reason="", event="subventions.justification_transmise", by=by, now=now)
    journal.append(event="subventions.dossier_transmis", by=by, subject=sent, entreprise_id=row.entreprise_id, now=now)
    return sent


def pieces_of(package: FichierSaisi) -> list[dict[str, Any]]:
    """List what a package holds, each piece with its size and its hash."""
    try:
        with zipfile.ZipFile(BytesIO(package.content)) as archive:
            return [_piece(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as damaged:
        raise EnvoiRefuse(
            f"« {package.filename} » n’est pas le dossier produit ici : produisez-le à nouveau, puis transmettez-le.",
            ("dossier_illisible",),
        ) from damaged


def _piece(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _check_ready(row: Subvention, pieces: list[dict[str, Any]], sent_on: dt.date) -> None:
    """Refuse while something blocks, or while a compte individuel required is not in the package."""
    found = manque(entreprise=row.entreprise, as_of=row.annee_agrement_start, today=sent_on)
    if found.blocking or found.decompte is None:
        listed = " ".join(item.sentence for item in found.blocking)
        raise EnvoiRefuse(f"L’envoi attend : {listed}", tuple(item.code for item in found.blocking))
    facts = found.decompte.faits
    held = comptes_en_vigueur(row.entreprise, facts)
    inside = {piece["sha256"] for piece in pieces}
    for needed in comptes_requis(facts):
        compte = held[needed]
        if compte.proof.sha256 not in inside:
            raise EnvoiRefuse(
                f"Le dossier ne contient pas le compte individuel {compte.year} de {compte.accompagnateur} : "
                "produisez le dossier à nouveau, puis transmettez-le.",
                ("compte_absent_du_dossier",),
            )


def _store(fichier: FichierSaisi, row: Subvention, by: Actor, now: dt.datetime) -> ProofFile:
    return proofs.store(
        content=fichier.content,
        filename=fichier.filename,
        by=by,
        entreprise_id=row.entreprise_id,
        now=now,
        classe=FieldClass.ADMINISTRATIF,
    )
