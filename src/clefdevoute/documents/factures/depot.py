"""A drop of files read one by one and handed to the records; one bad file never loses the others."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db import DatabaseError, transaction

from clefdevoute.documents.factures.lecture import lire, refuser_ouverture, refuser_taille
from clefdevoute.documents.factures.modele import FactureLue, Partie, Refus
from clefdevoute.documents.factures.refus import cause
from clefdevoute.documents.reception import saisie_de
from clefdevoute.law.identifiants import forms
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Depot, FichierDepose
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi, RefusSaisi

MAX_NET = 10**11
"""Amounts beyond are no invoice of an enterprise, and no column holds them."""

LOT, LOT_OCTETS = 25, 4_000_000
"""Files that one transaction holds at most: enough to spare the disk, too few to make another writer wait."""


@dataclass(frozen=True, slots=True)
class FichierRecu:
    """A file handed in: its name, its size, and how to read it, so that few are in memory at a time."""

    filename: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Lu:
    """A file of the drop with what was read in it."""

    rank: int
    filename: str
    content: bytes
    lue: FactureLue | Refus


def deposer(*, files: Iterable[FichierRecu], entreprise: EntrepriseInsertion, by: Actor, now: dt.datetime) -> Depot:
    """Read every file and record its outcome: small files together in a transaction, each under a savepoint."""
    depot = actions.ouvrir_depot(entreprise=entreprise, by=by, now=now)
    lot: list[Lu] = []
    octets = 0
    for rank, file in enumerate(files, start=1):
        content, lue = _lire(file)
        lot.append(Lu(rank, file.filename, content, lue))
        octets += len(content)
        if len(lot) >= LOT or octets >= LOT_OCTETS:
            _enregistrer(depot, lot, by, now)
            lot, octets = [], 0
    _enregistrer(depot, lot, by, now)
    return depot


def _enregistrer(depot: Depot, lot: list[Lu], by: Actor, now: dt.datetime) -> None:
    """Record some files at once; when the base refuses one for a reason nobody foresaw, one at a time."""
    try:
        with transaction.atomic():
            for one in lot:
                _deposer_un(depot, one, by, now)
    except DatabaseError:
        for one in lot:
            _deposer_un(depot, one, by, now)


def _deposer_un(depot: Depot, one: Lu, by: Actor, now: dt.datetime) -> FichierDepose:
    lue = one.lue
    if isinstance(lue, FactureLue):
        try:
            saisie = en_saisie(lue, one.content)
            return actions.deposer_facture(
                depot=depot, rank=one.rank, filename=one.filename, saisie=saisie, by=by, now=now
            )
        except RecordError as refused:
            lue = Refus(one.filename, "non_enregistree", f"La facture se lit, mais ne s’enregistre pas : {refused}")
    refus = RefusSaisi(code=lue.code, message=lue.message)
    fichier = FichierSaisi(content=one.content, filename=one.filename)
    return actions.deposer_refus(depot=depot, rank=one.rank, fichier=fichier, refus=refus, by=by, now=now)


def _lire(file: FichierRecu) -> tuple[bytes, FactureLue | Refus]:
    """Read a file unless its size alone refuses it; a fault of ours is a refusal of that file, never of the drop."""
    if too_large := refuser_taille(file.size, filename=file.filename):
        return b"", too_large
    try:
        content = file.read()
    except OSError as unreadable:
        return b"", refuser_ouverture(cause(unreadable), filename=file.filename)
    return content, lire(content, filename=file.filename)


def en_saisie(lue: FactureLue, content: bytes) -> FactureSaisie:
    """Hand over what was read, its supplier under a number that may exist, and what to check said."""
    if max(abs(lue.totals.hors_tva), abs(lue.totals.tva), abs(lue.totals.tvac)) >= MAX_NET:
        raise RecordError("ses montants sont trop grands pour être justes. Redemandez le fichier au fournisseur.")
    supplier, warned = _fournisseur(lue.supplier)
    buyer = lue.buyer.numero_entreprise or (lue.buyer.vat_id or "")[:30]
    if not buyer:
        written = "Le fichier n’écrit aucun numéro d’acheteur : vérifiez que la facture est bien à l’entreprise."
        warned.append({"rule": "acheteur", "sentence": written})
    saisie = saisie_de(lue, content=content)
    return replace(saisie, fournisseur=supplier, buyer_number=buyer, warnings=(*saisie.warnings, *warned))


def _fournisseur(partie: Partie) -> tuple[FournisseurSaisi, list[dict[str, str]]]:
    """Name the supplier by ten digits that may exist, else by its foreign number, else by its name."""
    number, name = partie.numero_entreprise, (partie.name or "").strip()
    if number and number[0] in "01":
        warned = [] if _checks(number) else [_warn(f"Le numéro {number} du fournisseur n’a pas le bon chiffre clé.")]
        return FournisseurSaisi(name=name, enterprise_number=number), warned
    vat = "".join((partie.vat_id or "").split()).upper()
    if vat.startswith("BE"):
        written = f"Le numéro « {vat[:30]} » du fournisseur n’est pas un numéro belge : il est reconnu à son nom."
        return FournisseurSaisi(name=name), [_warn(written)]
    return FournisseurSaisi(name=name, foreign_vat_id=vat[:30]), []


def _warn(sentence: str) -> dict[str, str]:
    return {"rule": "fournisseur", "sentence": sentence}


def _checks(number: str) -> bool:
    try:
        return forms.read_bce(number) == number
    except forms.Refused:
        return False
