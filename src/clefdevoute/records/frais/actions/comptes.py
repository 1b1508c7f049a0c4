"""Comptes individuels: amounts by month, and the documents that prove them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal, proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import CompteIndividuel, MontantCompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from clefdevoute.records.personnes.models import Accompagnateur


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """What a recording of amounts did, so that a page can say it."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def enregistrer_montants(
    *, accompagnateur: Accompagnateur, montants: Sequence[MontantSaisi], by: Actor, now: dt.datetime
) -> Enregistrement:
    """Record amounts of one accompagnateur, all or none; the same month and component again corrects it."""
    policies.check_writes(by, accompagnateur.entreprise_id)
    known = {
        (row.month, row.component): row
        for row in MontantCompteIndividuel.objects.select_for_update().filter(accompagnateur=accompagnateur)
    }
    done = {"created": 0, "updated": 0, "unchanged": 0}
    for saisi in montants:
        row = known.get((saisi.month, str(saisi.component)))
        if row is not None and (row.amount, row.paid_on, row.piece) == (saisi.amount, saisi.paid_on, saisi.piece):
            done["unchanged"] += 1
            continue
        known[saisi.month, str(saisi.component)] = _write(accompagnateur, row, saisi)
        done["updated" if row is not None else "created"] += 1
    if done["created"] or done["updated"]:
        journal.append(
            event="frais.montants_enregistres",
            by=by,
            subject=accompagnateur,
            entreprise_id=accompagnateur.entreprise_id,
            now=now,
        )
    return Enregistrement(**done)


@transaction.atomic
def enregistrer_grille(
    *,
    accompagnateur: Accompagnateur,
    montants: Sequence[MontantSaisi],
    effaces: Sequence[MontantCompteIndividuel],
    by: Actor,
    now: dt.datetime,
) -> Enregistrement:
    """Record what a grid says, all or none: the amounts typed, and those whose cell was emptied."""
    for row in effaces:
        effacer_montant(montant=row, by=by, now=now)
    return enregistrer_montants(accompagnateur=accompagnateur, montants=montants, by=by, now=now)


def _write(
    accompagnateur: Accompagnateur, row: MontantCompteIndividuel | None, saisi: MontantSaisi
) -> MontantCompteIndividuel:
    """Write one amount, outside the years sent, before as after the change."""
    if row is not None:
        policies.check_open(row.entreprise_id, row.counted_on)
    else:
        row = MontantCompteIndividuel(
            entreprise_id=accompagnateur.entreprise_id,
            accompagnateur=accompagnateur,
            month=saisi.month,
            component=str(saisi.component),
        )
    row.amount, row.paid_on, row.piece = saisi.amount, saisi.paid_on, saisi.piece.strip()
    checked(row)
    policies.check_open(row.entreprise_id, row.counted_on)
    row.save()
    return row


@transaction.atomic
def effacer_montant(*, montant: MontantCompteIndividuel, by: Actor, now: dt.datetime) -> None:
    """Erase an amount typed by mistake; a month without amount is not a month at nought."""
    montant = MontantCompteIndividuel.objects.select_for_update(of=("self",)).get(pk=montant.pk)
    policies.check_can_erase_amount(by, montant)
    journal.append(
        event="frais.montant_efface",
        by=by,
        subject=montant,
        entreprise_id=montant.entreprise_id,
        now=now,
        changes={"amount": (montant.amount, None)},
    )
    montant.delete()


@transaction.atomic
def deposer_compte(
    *,
    accompagnateur: Accompagnateur,
    year: int,
    nature: CompteIndividuel.Nature,
    fichier: FichierSaisi,
    received_on: dt.date,
    by: Actor,
    now: dt.datetime,
) -> CompteIndividuel:
    """Keep the document of a civil year; it replaces the one before, and one file holds the whole year."""
    policies.check_writes(by, accompagnateur.entreprise_id)
    proof = proofs.store(
        content=fichier.content,
        filename=fichier.filename,
        by=by,
        entreprise_id=accompagnateur.entreprise_id,
        now=now,
        classe=FieldClass.PERSONNEL,
    )
    if proof.media_type != "application/pdf":
        raise SaisieRefusee(
            f"« {proof.filename} » n’est pas un PDF : l’administration reçoit le compte individuel en PDF. Demandez-le "
            "au secrétariat social, puis déposez-le."
        )
    own = CompteIndividuel.objects.filter(accompagnateur=accompagnateur, year=year, replaced=False)
    own.update(replaced=True)
    compte = CompteIndividuel(
        entreprise_id=accompagnateur.entreprise_id,
        accompagnateur=accompagnateur,
        year=year,
        nature=nature,
        proof=proof,
        received_on=received_on,
    )
    checked(compte)
    compte.save(force_insert=True)
    journal.append(
        event="frais.compte_individuel_depose", by=by, subject=compte, entreprise_id=compte.entreprise_id, now=now
    )
    return compte
