"""
Time the invoice reader, all checks on, against the least a program can do: lxml, a few fields, the two sums.

    python bench/factures.py [DOSSIER] [--factures 400] [--passes 7]

Without a folder, invoices are written by our own writer. The two are run in turn on the same bytes, and the
least CPU time of each is kept: noise only ever adds. The goal is a ratio of at most 2.
"""

import argparse
import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

from lxml import etree
from mesure import but, tour_a_tour

from clefdevoute.documents.factures import FactureLue, lire
from clefdevoute.documents.factures.ecrire import FactureAEcrire, LigneAEcrire, PartieAEcrire, ecrire
from clefdevoute.documents.factures.noms import CAC, CBC

CHAMPS = [
    "b:ID", "b:IssueDate", "b:DueDate", "b:InvoiceTypeCode", "b:DocumentCurrencyCode", "b:BuyerReference",
    "a:AccountingSupplierParty/a:Party/a:PartyLegalEntity/b:RegistrationName",
    "a:AccountingSupplierParty/a:Party/a:PartyTaxScheme/b:CompanyID",
    "a:AccountingSupplierParty/a:Party/b:EndpointID",
    "a:AccountingCustomerParty/a:Party/a:PartyLegalEntity/b:RegistrationName",
    "a:AccountingCustomerParty/a:Party/a:PartyTaxScheme/b:CompanyID",
    "a:PaymentMeans/a:PayeeFinancialAccount/b:ID", "a:PaymentMeans/b:PaymentID",
    "a:TaxTotal/b:TaxAmount", "a:LegalMonetaryTotal/b:TaxExclusiveAmount",
    "a:LegalMonetaryTotal/b:TaxInclusiveAmount", "a:LegalMonetaryTotal/b:PayableAmount", "b:CustomizationID",
]  # fmt: skip
LONGS = [champ.replace("a:", f"{{{CAC}}}").replace("b:", f"{{{CBC}}}") for champ in CHAMPS]
TAXE, NET, TOTAL = 13, 14, 15


def _centimes(texte: str | None) -> int:
    entier, _, reste = (texte or "0").partition(".")
    return int(entier) * 100 + int((reste + "00")[:2])


def reference(content: bytes) -> list[str | None]:
    """Parse with lxml, take eighteen fields and five per line, check the two sums: no rule, no bound, no refusal."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    racine = etree.fromstring(content, parser)
    champs = [racine.findtext(champ) for champ in LONGS]
    somme = 0
    for ligne in racine.iterfind(f"{{{CAC}}}InvoiceLine"):
        ligne.findtext(f"{{{CBC}}}ID")
        ligne.findtext(f"{{{CAC}}}Item/{{{CBC}}}Name")
        ligne.findtext(f"{{{CBC}}}InvoicedQuantity")
        ligne.findtext(f"{{{CAC}}}Item/{{{CAC}}}ClassifiedTaxCategory/{{{CBC}}}Percent")
        somme += _centimes(ligne.findtext(f"{{{CBC}}}LineExtensionAmount"))
    net, taxe, total = (_centimes(champs[rang]) for rang in (NET, TAXE, TOTAL))
    if somme != net or net + taxe != total:
        raise ValueError(champs[0])
    return champs


def ecrites(nombre: int) -> list[bytes]:
    """Write invoices of one to eleven lines, the same at every run."""
    hasard = random.Random(3)  # noqa: S311 - example data
    client = PartieAEcrire(name="EI Exemple ASBL", numero="0477472701")
    factures = []
    for rang in range(nombre):
        lignes = tuple(
            LigneAEcrire(
                name=f"Téléphonie & Internet {numero}",
                quantity=Decimal(hasard.randint(1, 9)),
                unit_price=Decimal(hasard.randint(100, 9000)) / 100,
                vat_rate=Decimal(hasard.choice([21, 21, 21, 6])),
            )
            for numero in range(hasard.randint(1, 11))
        )
        jour = dt.date(2026, 1, 1) + dt.timedelta(days=rang % 300)
        vendeur = PartieAEcrire(name=f"Fournisseur {rang % 40} SRL", numero="0202239951")
        factures.append(
            ecrire(
                FactureAEcrire(
                    number=f"F-2026-{rang}", issue_date=jour, due_date=jour + dt.timedelta(days=30), supplier=vendeur,
                    buyer=client, lines=lignes, iban="BE68539007547034", payment_id="+++090/9337/55493+++",
                )
            )
        )  # fmt: skip
    return factures


def lues(dossier: Path) -> list[bytes]:
    """Take from a folder the invoices that both readers can read."""
    gardees = []
    for chemin in sorted(dossier.rglob("*.xml")):
        content = chemin.read_bytes()
        try:
            reference(content)
        except (ValueError, etree.XMLSyntaxError):
            continue
        if isinstance(lire(content, filename=chemin.name), FactureLue):
            gardees.append(content)
    return gardees


def main() -> int:
    """Print both times and their ratio; exit 1 above 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossier", nargs="?", type=Path)
    parser.add_argument("--factures", type=int, default=400)
    parser.add_argument("--passes", type=int, default=7)
    choix = parser.parse_args()
    factures = lues(choix.dossier) if choix.dossier else ecrites(choix.factures)
    if not factures:
        raise SystemExit(f"Aucune facture lisible dans {choix.dossier}. Donnez un dossier de fichiers UBL.")
    poids = sum(map(len, factures)) / len(factures) / 1024
    print(f"{len(factures)} factures de {poids:.1f} Kio")
    temps = tour_a_tour(
        {
            "lxml, champs et sommes": lambda _: [reference(content) for content in factures],
            "clefdevoute, toutes les règles": lambda _: [lire(content, filename="f.xml") for content in factures],
        },
        choix.passes,
    )
    for nom, mesure in temps.items():
        print(f"{nom} : {mesure.calcul / len(factures) * 1e6:.0f} µs par facture")
    autre, notre = (mesure.calcul for mesure in temps.values())
    return 0 if but(f"{notre / autre:.2f} × lxml (but : au plus 2)", notre <= 2 * autre) else 1


if __name__ == "__main__":
    raise SystemExit(main())
