"""Drops of files: one transaction and one outcome each; a refused file waits to be the piece of an invoice."""

import datetime as dt

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked, inserted
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.errors import ProofRefused
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.models import Depot, Facture, FichierDepose
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, RefusSaisi

from .reception import Issue, recevoir


@transaction.atomic
def ouvrir_depot(*, entreprise: EntrepriseInsertion, by: Actor, now: dt.datetime) -> Depot:
    """Begin a drop; its files follow one by one."""
    policies.check_writes(by, entreprise.pk)
    depot = Depot(entreprise=entreprise, deposited_at=now)
    inserted(depot)
    journal.append(event="frais.depot_ouvert", by=by, subject=depot, entreprise_id=entreprise.pk, now=now)
    return depot


@transaction.atomic
def deposer_facture(
    *, depot: Depot, rank: int, filename: str, saisie: FactureSaisie, by: Actor, now: dt.datetime
) -> FichierDepose:
    """Receive an invoice that was read, and note in the drop what became of it."""
    reception = recevoir(entreprise=depot.entreprise, saisie=saisie, by=by, now=now)
    warned = reception.issue is not Issue.NOUVELLE or bool(reception.facture.warnings)
    return _note(
        depot,
        rank,
        filename,
        decision=FichierDepose.Decision.AVERTIE if warned else FichierDepose.Decision.ACCEPTEE,
        issue=str(reception.issue),
        facture=reception.facture,
        done=True,
    )


@transaction.atomic
def deposer_refus(
    *, depot: Depot, rank: int, fichier: FichierSaisi, refus: RefusSaisi, by: Actor, now: dt.datetime
) -> FichierDepose:
    """Keep a file that is no invoice we can read, with the reason; it waits to be the piece of a typed invoice."""
    policies.check_writes(by, depot.entreprise_id)
    proof, message = _keep_file(depot, fichier, refus.message, by, now)
    return _note(
        depot,
        rank,
        fichier.filename,
        decision=FichierDepose.Decision.REFUSEE,
        issue=FichierDepose.Issue.REFUSEE,
        code=refus.code[:40],
        message=message,
        proof=proof,
        done=proof is None or _already_waits(depot, proof),
    )


def _keep_file(
    depot: Depot, fichier: FichierSaisi, message: str, by: Actor, now: dt.datetime
) -> tuple[ProofFile | None, str]:
    """Keep a refused file as a proof; an empty, too large or dangerous one is not kept, and that is said."""
    if not fichier.content:
        return None, f"{message} Le fichier n’a pas été gardé."
    try:
        with transaction.atomic():
            return proofs.store(
                content=fichier.content,
                filename=fichier.filename,
                by=by,
                entreprise_id=depot.entreprise_id,
                now=now,
                classe=FieldClass.ADMINISTRATIF,
            ), message
    except ProofRefused as refused:
        return None, f"{message} Le fichier n’a pas été gardé : {refused}"


@transaction.atomic
def joindre_fichier(*, fichier: FichierDepose, facture: Facture, by: Actor, now: dt.datetime) -> FichierDepose:
    """Say which typed invoice a refused file became the piece of."""
    fichier = FichierDepose.objects.select_for_update(of=("self",)).get(pk=fichier.pk)
    policies.check_writes(by, fichier.entreprise_id)
    fichier.facture, fichier.done = facture, True
    checked(fichier)
    fichier.save(update_fields=["facture", "done"])
    same = FichierDepose.objects.of(fichier.entreprise_id).filter(proof=fichier.proof_id, facture__isnull=True)
    same.update(facture=facture, done=True)
    journal.append(event="frais.fichier_joint", by=by, subject=fichier, entreprise_id=fichier.entreprise_id, now=now)
    return fichier


@transaction.atomic
def laisser_fichier(*, fichier: FichierDepose, by: Actor, now: dt.datetime) -> FichierDepose:
    """Offer a refused file no longer; what was kept of it stays."""
    fichier = FichierDepose.objects.select_for_update(of=("self",)).get(pk=fichier.pk)
    policies.check_writes(by, fichier.entreprise_id)
    fichier.done = True
    fichier.save(update_fields=["done"])
    journal.append(event="frais.fichier_laisse", by=by, subject=fichier, entreprise_id=fichier.entreprise_id, now=now)
    return fichier


def _already_waits(depot: Depot, proof: ProofFile) -> bool:
    """Tell whether the same file, dropped before, waits or became an invoice: it is then offered once only."""
    same = FichierDepose.objects.of(depot.entreprise_id).filter(proof=proof)
    return same.filter(done=False).exists() or same.filter(facture__isnull=False).exists()


def _note(depot: Depot, rank: int, filename: str, **outcome: object) -> FichierDepose:
    row = FichierDepose(
        entreprise_id=depot.entreprise_id,
        depot=depot,
        rank=rank,
        filename=proofs.clean_filename(filename),
        **outcome,
    )
    return inserted(row)
