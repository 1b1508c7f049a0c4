"""The invoices: written by our own writer, read back by the real reader, received and assigned as by a person."""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from clefdevoute.config.exemple.papier import feuille
from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.documents.factures.depot import FichierRecu, deposer
from clefdevoute.documents.factures.ecrire import (
    FactureAEcrire,
    LigneAEcrire,
    PartieAEcrire,
    PieceAEcrire,
    ecrire,
)
from clefdevoute.law.kernel.money import date_fr, euros
from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import actions
from clefdevoute.records.frais.models import Depot, Facture, FichierDepose
from clefdevoute.records.frais.saisies import FactureSaisie, FichierSaisi, FournisseurSaisi, PartSaisie

DOUBLON = "2025/11320"
"""This file is handed in again with those of the next month; it is recognised."""

LAST_DROP = dt.date(2026, 11, 12)
DROP_DAY = 3
"""The files of a month are dropped together on the third of the next."""

CENT = Decimal("0.01")
Row = Mapping[str, Any]


def raconter(scene: Scene, recit: Recit) -> None:
    """Drop the files month by month, and assign each unless it is left to the person."""
    by = scene.acteurs["gestionnaire"]
    drops: dict[dt.date, list[tuple[str, Row]]] = defaultdict(list)
    for row in lignes("factures"):
        drops[_drop_day(row["le"])].append(("ubl", row))
        if row["n"] == DOUBLON:
            drops[_drop_day(_drop_day(row["le"]))].append(("encore", row))
    for row in lignes("autres_fichiers"):
        drops[_drop_day(row["le"])].append(("cii", row))
    for day, files in drops.items():
        recit.le(day, partial(_deposer, scene, files, by))


def lignes(name: str) -> list[Row]:
    """Read the invoices of a data file, each completed with what its supplier always writes."""
    suppliers = donnees("frais")["fournisseurs"]
    return [suppliers[row["de"]] | row for row in donnees(name)]


def _drop_day(day: dt.date) -> dt.date:
    after = (day.replace(day=1) + dt.timedelta(days=31)).replace(day=DROP_DAY)
    return min(after, LAST_DROP)


def ubl(entreprise: EntrepriseInsertion, row: Row) -> bytes:
    """Write one row of the data as a UBL file."""
    credit = "credite" in row
    days = int(row["jours"])
    facts = FactureAEcrire(
        number=row["n"],
        issue_date=row["le"],
        due_date=None if credit else row["le"] + dt.timedelta(days=days),
        supplier=_party(row),
        buyer=PartieAEcrire(
            name=entreprise.name,
            numero=entreprise.bce,
            street=entreprise.street,
            postal_code=entreprise.postal_code,
            city=entreprise.city,
        ),
        lines=(LigneAEcrire(name=row["libelle"], unit_price=row["ht"], vat_rate=Decimal(row["taux"])),),
        is_credit_note=credit,
        credits_invoice=row.get("credite") or None,
        iban=row.get("iban"),
        payment_id=None if credit else communication(row["n"]),
        period=(row["du"], row["au"]) if "du" in row else None,
        currency=row.get("currency", "EUR"),
        attachments=_attached(row) if row.get("pdf") else (),
    )
    return ecrire(facts)


def communication(number: str) -> str:
    """Give the structured communication of a payment, made of the digits of the invoice's number."""
    digits = int("".join(char for char in number if char.isdigit())[-10:] or "1")
    written = f"{digits:010d}{digits % 97 or 97:02d}"
    return f"+++{written[:3]}/{written[3:7]}/{written[7:]}+++"


def _party(row: Row) -> PartieAEcrire:
    names = ("name", "numero", "street", "postal_code", "city", "country", "scheme")
    return PartieAEcrire(**{name: row[name] for name in names if name in row})


def _attached(row: Row) -> tuple[PieceAEcrire, ...]:
    vat = (row["ht"] * row["taux"] / 100).quantize(CENT, ROUND_HALF_UP)
    lines = [
        row["name"],
        f"{row['street']}, {row['postal_code']} {row['city']}",
        "",
        f"Facture {row['n']} du {date_fr(row['le'])}",
        row["libelle"],
        f"Hors TVA : {row['ht']} {row.get('currency', 'EUR')}, TVA : {vat}, total : {row['ht'] + vat}",
    ]
    return (PieceAEcrire(filename=f"{_safe(row['n'])}.pdf", content=feuille("Facture", lines)),)


def _safe(number: str) -> str:
    return number.replace("/", "-")


def cii(row: Row) -> bytes:
    """Write the same facts in another syntax, which is no UBL: the reader refuses it and the file is kept."""
    kind, parts = "urn:un:unece:uncefact:data:standard", "ReusableAggregateBusinessInformationEntity:100"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{kind}:CrossIndustryInvoice:100" xmlns:ram="{kind}:{parts}">
  <rsm:ExchangedDocument>
    <ram:ID>{row["n"]}</ram:ID>
    <ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime>{row["le"]:%Y%m%d}</ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:TaxBasisTotalAmount>{row["ht"]}</ram:TaxBasisTotalAmount>
      <ram:GrandTotalAmount>{row["ht"] + row["tva"]}</ram:GrandTotalAmount>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
""".encode()


def _deposer(scene: Scene, files: Sequence[tuple[str, Row]], by: Actor, now: dt.datetime) -> None:
    """Drop the files of a month, then assign what they became."""
    received = []
    for kind, row in files:
        content = cii(row) if kind == "cii" else ubl(scene.entreprise, row)
        name = f"{row['name'].split()[0].lower()}-{_safe(row['n'])}.xml"
        received.append(FichierRecu(name, len(content), io.BytesIO(content).read))
    depot = deposer(files=received, entreprise=scene.entreprise, by=by, now=now)
    for rank, (kind, row) in enumerate(files, 1):
        if kind == "ubl" and not row.get("attend"):
            _imputer(scene, _dropped(depot, rank, row), row, by, now)
        if row.get("tapee"):
            _taper(scene, _waiting(depot, rank), row, by, now)


def _dropped(depot: Depot, rank: int, row: Row) -> Facture:
    fichier = FichierDepose.objects.get(depot=depot, rank=rank)
    if fichier.facture is None:
        raise ValueError(f"{row['n']}: {fichier.message}")
    return fichier.facture


def _imputer(scene: Scene, facture: Facture, row: Row, by: Actor, now: dt.datetime) -> None:
    if amount := row.get("euros"):
        proof = feuille("Extrait de compte", [row["name"], f"Débit du {date_fr(row['le'])} : {euros(amount)}"])
        facture = actions.donner_montant_en_euros(
            facture=facture,
            net_eur=amount,
            vat_eur=Decimal("0.00"),
            proof=FichierSaisi(proof, "extrait-de-compte.pdf"),
            by=by,
            now=now,
        )
    part = PartSaisie(line=row["poste"], cle=scene.cles[row["cle"]])
    actions.imputer(facture=facture, parts=[part], by=by, now=now)


def _waiting(depot: Depot, rank: int) -> FichierDepose:
    found: FichierDepose = FichierDepose.objects.select_related("proof").get(depot=depot, rank=rank, issue="refusee")
    return found


def _taper(scene: Scene, fichier: FichierDepose, row: Row, by: Actor, now: dt.datetime) -> None:
    """Type the invoice of a refused file, which becomes its piece."""
    if fichier.proof is None:
        raise ValueError(f"{row['n']}: {fichier.message}")
    saisie = FactureSaisie(
        fournisseur=FournisseurSaisi(row["name"], row["numero"]),
        number=row["n"],
        kind=Facture.Kind.FACTURE,
        issue_date=row["le"],
        net=row["ht"],
        vat=row["tva"],
        gross=row["ht"] + row["tva"],
        source=Facture.Source.TYPED,
        original=FichierSaisi(proofs.read(fichier.proof), fichier.filename),
    )
    facture = actions.recevoir(entreprise=scene.entreprise, saisie=saisie, by=by, now=now).facture
    actions.joindre_fichier(fichier=fichier, facture=facture, by=by, now=now)
    _imputer(scene, facture, row, by, now)
