"""The invoices: written by our own writer, read back by the real reader, received and assigned as by a person."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from clefdevoute.config.exemple.papier import feuille
from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.documents.factures.ecrire import (
    FactureAEcrire,
    LigneAEcrire,
    PartieAEcrire,
    PieceAEcrire,
    ecrire,
)
from clefdevoute.documents.factures.lecture import lire
from clefdevoute.documents.factures.modele import FactureLue, Refus
from clefdevoute.documents.reception import saisie_de
from clefdevoute.law.kernel.money import date_fr, euros
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Facture
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi, PartSaisie

DOUBLON = "2025/11320"
"""This file is handed in twice; the second time it is recognised."""

CENT = Decimal("0.01")


def raconter(scene: Scene, recit: Recit) -> None:
    """Receive each invoice some days after its date, and assign it unless it is left to the person."""
    by = scene.acteurs["gestionnaire"]
    suppliers = donnees("frais")["fournisseurs"]
    for row in donnees("factures"):
        supplier = suppliers[row["de"]]
        received = row["le"] + dt.timedelta(days=2)
        recit.le(received, partial(_recevoir, scene, supplier, row, by))
        if row["n"] == DOUBLON:
            recit.le(received + dt.timedelta(days=9), partial(_recevoir_encore, scene, supplier, row, by))
    hybrid = donnees("facture_tapee")
    recit.le(hybrid["recue_le"], partial(_taper, scene, hybrid, by))


def ubl(entreprise: EntrepriseInsertion, supplier: Mapping[str, Any], row: Mapping[str, Any]) -> bytes:
    """Write one row of the data as a UBL file."""
    credit = "credite" in row
    title = row.get("libelle", supplier["libelle"])
    days = int(supplier["jours"])
    facts = FactureAEcrire(
        number=row["n"],
        issue_date=row["le"],
        due_date=None if credit else row["le"] + dt.timedelta(days=days),
        supplier=_party(supplier),
        buyer=PartieAEcrire(
            name=entreprise.name,
            numero=entreprise.bce,
            street=entreprise.street,
            postal_code=entreprise.postal_code,
            city=entreprise.city,
        ),
        lines=(LigneAEcrire(name=title, unit_price=row["ht"], vat_rate=Decimal(supplier["taux"])),),
        is_credit_note=credit,
        credits_invoice=row.get("credite") or None,
        iban=supplier.get("iban"),
        payment_id=None if credit else communication(row["n"]),
        period=(row["du"], row["au"]) if "du" in row else None,
        currency=supplier.get("currency", "EUR"),
        attachments=_attached(supplier, row, title) if row.get("pdf") else (),
    )
    return ecrire(facts)


def communication(number: str) -> str:
    """Give the structured communication of a payment, made of the digits of the invoice's number."""
    digits = int("".join(char for char in number if char.isdigit())[-10:] or "1")
    written = f"{digits:010d}{digits % 97 or 97:02d}"
    return f"+++{written[:3]}/{written[3:7]}/{written[7:]}+++"


def _party(supplier: Mapping[str, Any]) -> PartieAEcrire:
    return PartieAEcrire(
        name=supplier["name"],
        numero=supplier["numero"],
        street=supplier["street"],
        postal_code=supplier["postal_code"],
        city=supplier["city"],
        country=supplier.get("country", "BE"),
    )


def _attached(supplier: Mapping[str, Any], row: Mapping[str, Any], title: str) -> tuple[PieceAEcrire, ...]:
    vat = (row["ht"] * supplier["taux"] / 100).quantize(CENT, ROUND_HALF_UP)
    lines = [
        supplier["name"],
        f"{supplier['street']}, {supplier['postal_code']} {supplier['city']}",
        "",
        f"Facture {row['n']} du {date_fr(row['le'])}",
        title,
        f"Hors TVA : {row['ht']} {supplier.get('currency', 'EUR')}, TVA : {vat}, total : {row['ht'] + vat}",
    ]
    return (PieceAEcrire(filename=f"{_safe(row['n'])}.pdf", content=feuille("Facture", lines)),)


def _safe(number: str) -> str:
    return number.replace("/", "-")


def _recevoir(scene: Scene, supplier: Mapping[str, Any], row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    facture = _remettre(scene, supplier, row, by, now).facture
    if row.get("attend"):
        return
    if amount := row.get("euros"):
        proof = feuille("Extrait de compte", [supplier["name"], f"Débit du {date_fr(now.date())} : {euros(amount)}"])
        facture = actions.donner_montant_en_euros(
            facture=facture,
            net_eur=amount,
            vat_eur=Decimal("0.00"),
            proof=FichierSaisi(proof, "extrait-de-compte.pdf"),
            by=by,
            now=now,
        )
    part = PartSaisie(line=supplier["poste"], cle=scene.cles[supplier["cle"]])
    actions.imputer(facture=facture, parts=[part], by=by, now=now)


def _recevoir_encore(
    scene: Scene, supplier: Mapping[str, Any], row: Mapping[str, Any], by: Actor, now: dt.datetime
) -> None:
    _remettre(scene, supplier, row, by, now)


def _remettre(
    scene: Scene, supplier: Mapping[str, Any], row: Mapping[str, Any], by: Actor, now: dt.datetime
) -> actions.Reception:
    content = ubl(scene.entreprise, supplier, row)
    read = lire(content, filename=f"{_safe(row['n'])}.xml")
    if not isinstance(read, FactureLue):
        raise ValueError(f"{row['n']}: {read.message}")
    return actions.recevoir(entreprise=scene.entreprise, saisie=saisie_de(read, content=content), by=by, now=now)


def _taper(scene: Scene, data: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    """Type an invoice whose file is no UBL: the reader refuses it, the file stays as the piece."""
    content = str(data["xml"]).encode()
    refused = lire(content, filename=data["filename"])
    if not isinstance(refused, Refus):
        raise ValueError(f"{data['filename']}: read, while it should be refused")
    saisie = FactureSaisie(
        fournisseur=FournisseurSaisi(data["fournisseur"], data["numero"]),
        number=data["n"],
        kind=Facture.Kind.FACTURE,
        issue_date=data["le"],
        net=data["ht"],
        vat=data["tva"],
        gross=data["ht"] + data["tva"],
        source=Facture.Source.TYPED,
        original=FichierSaisi(content, data["filename"]),
    )
    facture = actions.recevoir(entreprise=scene.entreprise, saisie=saisie, by=by, now=now).facture
    part = PartSaisie(line=data["poste"], cle=scene.cles[data["cle"]])
    actions.imputer(facture=facture, parts=[part], by=by, now=now)
