"""The agrément years: the first closed, the second ready to be closed, the third running; and the aids beside them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.documents.justification.depuis_dossier import (
    Signature,
    check_productible,
    declaration_du_dossier,
    produire,
)
from clefdevoute.documents.justification.modele import Emission
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais.saisies import FichierSaisi
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.manque import manque
from clefdevoute.records.subventions.models import AideDeMinimis, DossierTransmis, Mouvement, Subvention


def raconter(scene: Scene, recit: Recit) -> None:
    """Open each year, note its letters and its money, close the first."""
    by = scene.acteurs["gestionnaire"]
    data = donnees("subventions")
    for row in data["aides"]:
        recit.le(row["le"], partial(_aide, scene, row, by))
    for at, year in enumerate(data["annees"]):
        recit.le(year["ouverte_le"], partial(_ouvrir, scene, year, by))
        if grant := year.get("octroi"):
            recit.le(grant["le"], partial(_octroyer, scene, at, grant, by))
        for letter in year["etats"]:
            recit.le(letter["le"], partial(_noter, scene, at, letter["target"], by))
        if advance := year.get("avance"):
            recit.le(advance["le"], partial(_avancer, scene, at, advance, by))
        if sent_on := year.get("envoi"):
            recit.le(sent_on, partial(_envoyer, scene, at, sent_on))
            recit.le(year["solde"]["le"], partial(_solder, scene, at, year["solde"], by))


def _aide(scene: Scene, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    actions.enregistrer_aide(
        entreprise=scene.entreprise,
        granted_on=row["granted_on"],
        amount=row["amount"],
        regulation=AideDeMinimis.Regulation(row["regulation"]),
        grantor=row["grantor"],
        by=by,
        now=now,
    )


def _ouvrir(scene: Scene, year: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    opened = actions.ouvrir_annee(
        entreprise=scene.entreprise,
        as_of=year["as_of"],
        origin=Subvention.Origin(year["origin"]),
        contract_sent_on=year.get("contract_sent_on"),
        by=by,
        now=now,
    )
    scene.subventions.append(opened)


def _octroyer(scene: Scene, at: int, grant: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    actions.noter_octroi(
        subvention=scene.subventions[at], amount=grant["amount"], granted_on=grant["granted_on"], by=by, now=now
    )


def _noter(scene: Scene, at: int, target: str, by: Actor, now: dt.datetime) -> None:
    actions.noter_etat(subvention=scene.subventions[at], target=Subvention.State(target), by=by, now=now)


def _avancer(scene: Scene, at: int, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    actions.enregistrer_mouvement(
        subvention=scene.subventions[at],
        kind=Mouvement.Kind.AVANCE,
        amount=row["amount"],
        moved_on=row["moved_on"],
        reference=row["reference"],
        by=by,
        now=now,
    )


def _envoyer(scene: Scene, at: int, sent_on: dt.date, now: dt.datetime) -> None:
    """Freeze, declare, sign, post and send a year, as its gestionnaire and the head of the enterprise did."""
    by, head = scene.acteurs["gestionnaire"], scene.acteurs["chef"]
    row, entreprise = scene.subventions[at], scene.entreprise
    frozen = actions.figer_decompte(subvention=row, by=by, now=now)
    emission = Emission(le=now, par=scene.comptes["gestionnaire"].name)
    counted = check_productible(manque(entreprise=entreprise, as_of=row.annee_agrement_start, today=sent_on))
    signs = actions.Signataire(
        name=scene.comptes["chef"].name, quality="Administratrice déléguée", place=entreprise.city
    )
    words = Signature(signataire=signs.name, qualite=signs.quality, lieu=signs.place)
    paper = FichierSaisi(
        declaration_du_dossier(entreprise, counted, signature=words, emission=emission), "declaration-sur-l-honneur.pdf"
    )
    declared = actions.produire_declaration(decompte=frozen, document=paper, signataire=signs, by=by, now=now)
    declared = actions.signer_declaration(declaration=declared, signed_on=sent_on, document=None, by=head, now=now)
    actions.poster_declaration(declaration=declared, posted_on=sent_on, by=by, now=now)
    ready = manque(entreprise=entreprise, as_of=row.annee_agrement_start, today=sent_on)
    made = produire(entreprise, ready, emission=emission)
    actions.transmettre(
        subvention=row,
        package=FichierSaisi(made.contenu, made.nom),
        channel=DossierTransmis.Channel.FORMULAIRE,
        sent_on=sent_on,
        by=by,
        now=now,
    )


def _solder(scene: Scene, at: int, row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    """Note the balance received and the end of the file."""
    subvention = scene.subventions[at]
    balance = Decimal(DossierTransmis.objects.get(subvention=subvention).decompte.explained["value"]["solde"])
    actions.enregistrer_mouvement(
        subvention=subvention,
        kind=Mouvement.Kind.SOLDE,
        amount=balance,
        moved_on=row["moved_on"],
        reference=row["reference"],
        by=by,
        now=now,
    )
    for target in (Subvention.State.SOLDE_LIQUIDE, Subvention.State.CLOTUREE):
        actions.noter_etat(subvention=subvention, target=target, by=by, now=now)
