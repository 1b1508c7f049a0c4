"""Rules that one element decides alone, wherever it stands: code lists, decimals, what an element must hold."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from clefdevoute.documents.factures import codes, noms
from clefdevoute.documents.factures.bornes import Regle
from clefdevoute.documents.factures.cahier import Cahier, Noeud, texte, tous

FORME_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?").fullmatch
FORME_DECIMALE = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
VIDE: Noeud = {}
MAX_DECIMAL = 50


@lru_cache(maxsize=4096)
def _decimal(valeur: str) -> tuple[Decimal, bool] | None:
    """Number and whether it has more than two decimals; the same amounts stand many times in one invoice."""
    if FORME_DECIMALE(valeur) is None:
        return None
    point = valeur.find(".")
    return Decimal(valeur), 0 <= point < len(valeur) - 3


def decimal_lu(valeur: str) -> Decimal | None:
    """Read plain decimals only: no exponent, no NaN, no thousands mark, no digits of other scripts."""
    lu = _decimal(valeur) if len(valeur) < MAX_DECIMAL else None
    return lu[0] if lu else None


@lru_cache(maxsize=1024)
def date_lue(valeur: str) -> dt.date | None:
    """Read a date of the calendar, with or without its zone."""
    forme = FORME_DATE(valeur)
    try:
        return dt.date.fromisoformat(forme[1]) if forme else None
    except ValueError:
        return None


def _date(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    """Warn of a date that does not exist; the reader refuses it where the invoice cannot do without."""
    if date_lue(noeud.get("#", "")) is None:
        cahier.brise("DATE-ILLISIBLE")


def _montant(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    valeur = noeud.get("#", "")
    lu = _decimal(valeur) if len(valeur) < MAX_DECIMAL else None
    if lu is None:
        cahier.refuse("montant_illisible", valeur)
        return
    noeud["d"], trop_precis = lu
    if "@" not in noeud or noeud["@"].get("currencyID") not in codes.MONNAIES:
        cahier.brise("BR-CL-03")
    if trop_precis:
        cahier.decimales_en_attente += 1
        noeud["trop_precis"] = True


def _prix(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    noeud["d"] = decimal_lu(noeud.get("#", ""))
    if noeud["d"] is None:
        cahier.refuse("montant_illisible", noeud.get("#", ""))
    if noeud.get("@", VIDE).get("currencyID") not in codes.MONNAIES:
        cahier.brise("BR-CL-03")


def _bloc_prix(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    """Amounts of a price's own discount may be as precise as the price: take back what _montant counted."""
    for remise in noeud.get("AllowanceCharge", ()):
        for nom in (".Amount", ".BaseAmount"):
            cahier.decimales_en_attente -= sum("trop_precis" in un for un in remise.get(nom, ()))


def _liste(regle: str, valeurs: frozenset[str]) -> Regle:
    def verifier(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
        if noeud.get("#", "") not in valeurs:
            cahier.brise(regle)

    return verifier


def _attribut(regle: str, nom: str, valeurs: frozenset[str]) -> Regle:
    def verifier(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
        attributs = noeud.get("@")
        if attributs and nom in attributs and attributs[nom].strip() not in valeurs:
            cahier.brise(regle)

    return verifier


def _pays(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    code = texte(noeud, ".IdentificationCode")
    if ".IdentificationCode" in noeud:
        cahier.pays.add(code)
        if code not in codes.PAYS:
            cahier.brise("BR-CL-14")


def _pays_origine(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if ".IdentificationCode" in noeud and texte(noeud, ".IdentificationCode") not in codes.PAYS:
        cahier.brise("BR-CL-15")


def _schemas(noeud: Noeud, nom: str) -> list[str]:
    return [un["@"]["schemeID"].strip() for un in noeud.get(nom, ()) if "schemeID" in un.get("@", VIDE)]


def _identification(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    for schema in _schemas(noeud, ".ID"):
        if schema.upper() == "SEPA":
            cahier.sepa += 1
            parent["sepa"] = schema
        elif schema not in codes.REGISTRES:
            cahier.brise("BR-CL-10")


def _entite(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if any(schema not in codes.REGISTRES for schema in _schemas(noeud, ".CompanyID")):
        cahier.brise("BR-CL-11")


def _article_standard(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if any(schema not in codes.REGISTRES for schema in _schemas(noeud, ".ID")):
        cahier.brise("BR-CL-21")
    if any("schemeID" not in un.get("@", VIDE) for un in noeud.get(".ID", ())):
        cahier.brise("BR-64")


def _classification(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    for un in noeud.get(".ItemClassificationCode", ()):
        liste = un.get("@", VIDE).get("listID")
        if liste is None:
            cahier.brise("BR-65")
        elif liste.strip() not in codes.CLASSIFICATIONS:
            cahier.brise("BR-CL-13")


def _lieu(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if any(schema not in codes.REGISTRES for schema in _schemas(noeud, ".ID")):
        cahier.brise("BR-CL-26")


def _livraison(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    """Check a delivery, of the invoice or of a line."""
    if any(not tous(un, "Country", ".IdentificationCode") for un in tous(noeud, "DeliveryLocation", "Address")):
        cahier.brise("BR-57")
    if len(tous(noeud, "DeliveryParty", "PartyName", ".Name")) > 1:
        cahier.brise("UBL-SR-25")


def _reference(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if texte(noeud, ".DocumentTypeCode") == "130" and any(
        schema not in codes.REFERENCES for schema in _schemas(noeud, ".ID")
    ):
        cahier.brise("BR-CL-07")


def _adresse(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if len(noeud.get("AddressLine", ())) > 1:
        cahier.brise("UBL-SR-51")


def _regime(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    schema = texte(noeud.get("TaxScheme", [VIDE])[0], ".ID")
    noeud["tva"] = schema.upper() == "VAT"
    pays = texte(noeud, ".CompanyID")[:2]
    if noeud["tva"] and pays not in codes.PREFIXES_TVA:
        cahier.brise("BR-CO-09")
    if ".CompanyID" not in noeud or ".ID" not in noeud.get("TaxScheme", [VIDE])[0]:
        cahier.brise("UBL-SR-53")


def _periode(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if any(un.get("#", "") not in ("3", "35", "432") for un in noeud.get(".DescriptionCode", ())):
        cahier.brise("BR-CL-06")


def _propriete(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if ".Name" not in noeud or ".Value" not in noeud:
        cahier.brise("BR-54")


def _paiement(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    cahier.payment_ids.append(noeud.get("#", ""))


def _echeance(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    cahier.echeance = True
    _date(noeud, parent, cahier)


def _conditions(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if ".Note" in noeud:
        cahier.echeance = True


def _moyen(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    cahier.moyens.add(noeud.get("#", ""))
    if noeud.get("#", "") not in codes.MOYENS_PAIEMENT:
        cahier.brise("BR-CL-16")


def _exoneration(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    if noeud.get("#", "").upper() not in codes.MOTIFS_EXONERATION:
        cahier.brise("BR-CL-22")


REGLES: dict[str, Regle] = {"." + nom: _montant for nom in noms.MONTANTS + noms.AUTRES_MONTANTS}
DATES = ("ActualDeliveryDate", "EndDate", "IssueDate", "PaymentDueDate", "StartDate", "TaxPointDate")
REGLES.update({"." + nom: _date for nom in DATES})
REGLES.update(
    {
        ".PriceAmount": _prix,
        "Price": _bloc_prix,
        ".DocumentCurrencyCode": _liste("BR-CL-04", codes.MONNAIES),
        ".TaxCurrencyCode": _liste("BR-CL-05", codes.MONNAIES),
        ".InvoiceTypeCode": _liste("BR-CL-01", codes.TYPES_FACTURE),
        ".CreditNoteTypeCode": _liste("BR-CL-01", codes.TYPES_NOTE_CREDIT),
        ".PaymentMeansCode": _moyen,
        ".PaymentID": _paiement,
        ".DueDate": _echeance,
        "PaymentTerms": _conditions,
        ".TaxExemptionReasonCode": _exoneration,
        ".InvoicedQuantity": _attribut("BR-CL-23", "unitCode", codes.UNITES),
        ".CreditedQuantity": _attribut("BR-CL-23", "unitCode", codes.UNITES),
        ".BaseQuantity": _attribut("BR-CL-23", "unitCode", codes.UNITES),
        ".EndpointID": _attribut("BR-CL-25", "schemeID", codes.ADRESSES_ELECTRONIQUES),
        "Country": _pays,
        "OriginCountry": _pays_origine,
        "PartyIdentification": _identification,
        "PartyLegalEntity": _entite,
        "StandardItemIdentification": _article_standard,
        "CommodityClassification": _classification,
        "Delivery": _livraison,
        "DeliveryLocation": _lieu,
        "AdditionalDocumentReference": _reference,
        "DocumentReference": _reference,
        "PostalAddress": _adresse,
        "Address": _adresse,
        "PartyTaxScheme": _regime,
        "InvoicePeriod": _periode,
        "AdditionalItemProperty": _propriete,
    }
)
