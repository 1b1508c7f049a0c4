"""
One break for each rule of the norm: which of our own families is taken, what is cut from it, and what takes its place.

The cut is a regular expression that must be found; the rule named must be silent before, and speak after.
"""

from typing import NamedTuple


class Rupture(NamedTuple):
    """A rule, the family of invoices that keeps it, and the words whose change breaks it."""

    regle: str
    famille: str
    avant: str
    apres: str = ""


N = "acompte (386)"
R = "quatre catégories, remises et frais"
ADRESSE = r"<cac:PostalAddress>.*?</cac:PostalAddress>"
PAYS = r"<cbc:IdentificationCode>BE</cbc:IdentificationCode>"
ACHETEUR = r"(AccountingCustomerParty>.*?)"
FISCAL = r"(TaxRepresentativeParty>.*?)"
LIGNE = r"(InvoiceLine>.*?)"
RANG = r"(<cac:TaxSubtotal>.*?)"
REMISE = r"(<cbc:ChargeIndicator>false.*?)"
FRAIS = r"(<cbc:ChargeIndicator>true.*?)"
MOTIF = r"<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>"
FIN = "</cac:Item>"
SUITE = "<cac:AccountingSupplierParty>"


def balise(nom: str) -> str:
    """Match a whole simple element, wherever it stands."""
    return rf"<cbc:{nom}(?: [^>]*)?>[^<]*</cbc:{nom}>"


def de_ligne(contenu: str, *, frais: bool = False) -> str:
    """Write an allowance or a charge of a line, before its article."""
    said = "true" if frais else "false"
    body = f"<cbc:ChargeIndicator>{said}</cbc:ChargeIndicator>{contenu}"
    return rf"\1<cac:AllowanceCharge>{body}</cac:AllowanceCharge><cac:Item>"


def periode(debut: str = "", fin: str = "") -> str:
    """Write a period with the bounds that are given."""
    start = f"<cbc:StartDate>{debut}</cbc:StartDate>" if debut else ""
    end = f"<cbc:EndDate>{fin}</cbc:EndDate>" if fin else ""
    return f"<cac:InvoicePeriod>{start}{end}</cac:InvoicePeriod>"


UN = '<cbc:Amount currencyID="EUR">1.00</cbc:Amount>'
PARCE_QUE = "<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>"
RENVERSEE = periode("2026-03-31", "2026-03-01")

PRESENCE = (
    Rupture("BR-01", N, balise("CustomizationID")),
    Rupture("BR-04", N, balise("InvoiceTypeCode")),
    Rupture("BR-05", N, balise("DocumentCurrencyCode")),
    Rupture("BR-06", N, balise("RegistrationName")),
    Rupture("BR-07", N, ACHETEUR + balise("RegistrationName"), r"\1"),
    Rupture("BR-08", N, ADRESSE),
    Rupture("BR-09", N, PAYS),
    Rupture("BR-10", N, ACHETEUR + ADRESSE, r"\1"),
    Rupture("BR-11", N, ACHETEUR + PAYS, r"\1"),
    Rupture("BR-12", N, balise("LineExtensionAmount")),
    Rupture("BR-13", N, balise("TaxExclusiveAmount")),
    Rupture("BR-14", N, balise("TaxInclusiveAmount")),
    Rupture("BR-15", N, balise("PayableAmount")),
    Rupture("BR-16", N, r"<cac:InvoiceLine>.*</cac:InvoiceLine>"),
    Rupture("BR-17", R, r"(PayeeParty>.*?)<cac:PartyName>.*?</cac:PartyName>", r"\1"),
    Rupture("BR-18", R, FISCAL + r"<cac:PartyName>.*?</cac:PartyName>", r"\1"),
    Rupture("BR-19", R, FISCAL + ADRESSE, r"\1"),
    Rupture("BR-20", R, FISCAL + PAYS, r"\1"),
    Rupture("BR-21", N, LIGNE + balise("ID"), r"\1"),
    Rupture("BR-22", N, balise("InvoicedQuantity")),
    Rupture("BR-23", N, ' unitCode="C62"'),
    Rupture("BR-24", N, LIGNE + balise("LineExtensionAmount"), r"\1"),
    Rupture("BR-25", N, "<cbc:Name>Article</cbc:Name>"),
    Rupture("BR-26", N, balise("PriceAmount")),
    Rupture("BR-27", N, r'(PriceAmount currencyID="EUR">)', r"\1-"),
    Rupture("BR-29", N, SUITE, RENVERSEE + SUITE),
    Rupture("BR-30", N, LIGNE + "<cac:Item>", rf"\1{RENVERSEE}<cac:Item>"),
    Rupture("BR-31", R, REMISE + balise("Amount"), r"\1"),
    Rupture("BR-32", R, REMISE + r"<cac:TaxCategory>.*?</cac:TaxCategory>", r"\1"),
    Rupture("BR-33", R, REMISE + MOTIF, r"\1"),
    Rupture("BR-36", R, FRAIS + balise("Amount"), r"\1"),
    Rupture("BR-37", R, FRAIS + r"<cac:TaxCategory>.*?</cac:TaxCategory>", r"\1"),
    Rupture("BR-38", R, FRAIS + MOTIF, r"\1"),
    Rupture("BR-41", N, LIGNE + "<cac:Item>", de_ligne(PARCE_QUE)),
    Rupture("BR-42", N, LIGNE + "<cac:Item>", de_ligne(UN)),
    Rupture("BR-43", N, LIGNE + "<cac:Item>", de_ligne(PARCE_QUE, frais=True)),
    Rupture("BR-44", N, LIGNE + "<cac:Item>", de_ligne(UN, frais=True)),
    Rupture("BR-45", N, balise("TaxableAmount")),
    Rupture("BR-46", N, RANG + balise("TaxAmount"), r"\1"),
    Rupture("BR-47", N, RANG + balise("ID"), r"\1"),
    Rupture("BR-48", N, RANG + balise("Percent"), r"\1"),
    Rupture("BR-49", N, balise("PaymentMeansCode")),
    Rupture("BR-50", N, "BE68539007547034"),
    Rupture("BR-52", N, SUITE, "<cac:AdditionalDocumentReference></cac:AdditionalDocumentReference>" + SUITE),
    Rupture("BR-53", "couronnes, TVA aussi en euros", 'currencyID="EUR"', 'currencyID="USD"'),
    Rupture("BR-55", N, SUITE, "<cac:BillingReference></cac:BillingReference>" + SUITE),
    Rupture("BR-56", R, FISCAL + r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>", r"\1"),
    Rupture("BR-61", N, r"<cac:PayeeFinancialAccount>.*?</cac:PayeeFinancialAccount>"),
    Rupture("BR-62", N, '<cbc:EndpointID schemeID="0208">', "<cbc:EndpointID>"),
    Rupture("BR-63", N, ACHETEUR + '<cbc:EndpointID schemeID="0208">', r"\1<cbc:EndpointID>"),
    Rupture(
        "BR-64", N, FIN, f"<cac:StandardItemIdentification><cbc:ID>1</cbc:ID></cac:StandardItemIdentification>{FIN}"
    ),
    Rupture(
        "BR-65",
        N,
        FIN,
        "<cac:CommodityClassification><cbc:ItemClassificationCode>1</cbc:ItemClassificationCode>"
        f"</cac:CommodityClassification>{FIN}",
    ),
)

LISTES = (
    Rupture("BR-CL-01", N, ">386<", ">999<"),
    Rupture("BR-CL-03", N, 'currencyID="EUR"', 'currencyID="EUX"'),
    Rupture("BR-CL-04", N, ">EUR<", ">EUX<"),
    Rupture("BR-CL-05", "couronnes, TVA aussi en euros", ">EUR<", ">EUX<"),
    Rupture("BR-CL-08", N, "<cbc:DocumentCurrencyCode>", "<cbc:Note>#ZZX#x</cbc:Note><cbc:DocumentCurrencyCode>"),
    Rupture("BR-CL-10", R, '(PayeeParty><cac:PartyIdentification><cbc:ID schemeID=)"0208"', r'\1"GLN"'),
    Rupture("BR-CL-11", N, '<cbc:CompanyID schemeID="0208">', '<cbc:CompanyID schemeID="GLN">'),
    Rupture("BR-CL-14", N, ">BE<", ">BX<"),
    Rupture("BR-CL-16", N, ">30</cbc:PaymentMeansCode>", ">XX</cbc:PaymentMeansCode>"),
    Rupture("BR-CL-17", N, RANG + "<cbc:ID>S<", r"\1<cbc:ID>X<"),
    Rupture("BR-CL-18", N, LIGNE + "<cbc:ID>S<", r"\1<cbc:ID>X<"),
    Rupture("BR-CL-23", N, 'unitCode="C62"', 'unitCode="pièce"'),
    Rupture("BR-CL-25", N, '<cbc:EndpointID schemeID="0208">', '<cbc:EndpointID schemeID="GLN">'),
)

CALCULS = (
    Rupture("BR-CO-04", N, LIGNE + r"<cac:ClassifiedTaxCategory>.*?</cac:ClassifiedTaxCategory>", r"\1"),
    Rupture("BR-CO-09", N, ">BE0202239951<", ">0202239951<"),
    Rupture("BR-CO-10", N, r"(LineExtensionAmount [^>]*>)100.00", r"\g<1>100.01"),
    Rupture("BR-CO-11", R, r"(AllowanceTotalAmount [^>]*>)10", r"\g<1>11"),
    Rupture("BR-CO-12", R, r"(ChargeTotalAmount [^>]*>)36.5", r"\g<1>36.4"),
    Rupture("BR-CO-13", N, r"(TaxExclusiveAmount [^>]*>)100.00", r"\g<1>100.01"),
    Rupture("BR-CO-14", N, r"(TaxTotal><cbc:TaxAmount [^>]*>)21.00", r"\g<1>21.01"),
    Rupture("BR-CO-15", N, r"(TaxInclusiveAmount [^>]*>)121.00", r"\g<1>121.01"),
    Rupture("BR-CO-16", N, r"(PayableAmount [^>]*>)121.00", r"\g<1>121.01"),
    Rupture("BR-CO-17", N, RANG + r"(TaxAmount [^>]*>)21.00", r"\1\g<2>23.00"),
    Rupture("BR-CO-18", N, r"<cac:TaxSubtotal>.*?</cac:TaxSubtotal>"),
    Rupture("BR-CO-19", N, SUITE, periode() + SUITE),
    Rupture("BR-CO-20", N, LIGNE + "<cac:Item>", rf"\1{periode()}<cac:Item>"),
    Rupture("BR-CO-21", R, REMISE + MOTIF, r"\1"),
    Rupture("BR-CO-22", R, FRAIS + MOTIF, r"\1"),
    Rupture("BR-CO-23", N, LIGNE + "<cac:Item>", de_ligne(UN)),
    Rupture("BR-CO-24", N, LIGNE + "<cac:Item>", de_ligne(UN, frais=True)),
    Rupture("BR-CO-25", N, balise("DueDate")),
    Rupture("BR-CO-26", "hors champ, parties sans TVA", balise("CompanyID")),
)

DECIMALES = tuple(
    Rupture(regle, famille, rf"({ou} [^>]*>-?\d+)(?:\.\d+)?<", r"\1.001<")
    for regle, famille, ou in (
        ("BR-DEC-09", N, "LineExtensionAmount"),
        ("BR-DEC-10", R, "AllowanceTotalAmount"),
        ("BR-DEC-11", R, "ChargeTotalAmount"),
        ("BR-DEC-12", N, "TaxExclusiveAmount"),
        ("BR-DEC-14", N, "TaxInclusiveAmount"),
        ("BR-DEC-16", R, "PrepaidAmount"),
        ("BR-DEC-17", R, "PayableRoundingAmount"),
        ("BR-DEC-18", N, "PayableAmount"),
        ("BR-DEC-19", N, "TaxableAmount"),
        ("BR-DEC-20", N, "TaxSubtotal><cbc:TaxableAmount [^>]*>[^<]*</cbc:TaxableAmount><cbc:TaxAmount"),
    )
)

# The category's code in the files, the family of its rules, and our invoice that has it.
CATEGORIES = (
    ("S", "S", N),
    ("Z", "Z", "taux zéro"),
    ("E", "E", "exonérée"),
    ("AE", "AE", "autoliquidation"),
    ("K", "IC", "intracommunautaire"),
    ("G", "G", "exportation"),
    ("O", "O", "hors champ, parties sans TVA"),
    ("L", "AF", "Canaries et Ceuta"),
    ("M", "AG", "Canaries et Ceuta"),
)


def _de_categorie(code: str, regles: str, famille: str) -> list[Rupture]:
    """Ask of each VAT category its questions: a row of its own, the rate, the base, the tax, the reason."""
    ici = rf"(<cac:TaxSubtotal>(?:(?!</cac:TaxSubtotal>).)*<cbc:ID>{code}<)"
    base = r"(<cbc:TaxableAmount [^>]*>)\d+"
    du = rf"((?:(?!</cac:TaxSubtotal>).)*?<cbc:ID>{code}<)"
    motif = r"<cbc:TaxExemptionReason>[^<]*</cbc:TaxExemptionReason>"
    ruptures = [
        Rupture(f"BR-{regles}-08", famille, base + r"(\.?\d*</cbc:TaxableAmount>" + du[1:], r"\g<1>7777\2"),
        Rupture(
            f"BR-{regles}-09",
            famille,
            r"(<cbc:TaxAmount [^>]*>)[\d.]+(</cbc:TaxAmount><cac:TaxCategory>" + du[1:],
            r"\g<1>777\2",
        ),
    ]
    if code in {"S", "Z", "L", "M"}:
        plus = rf"{ici}(/cbc:ID><cbc:Percent>[^<]*</cbc:Percent>)"
        reason = "<cbc:TaxExemptionReason>x</cbc:TaxExemptionReason>"
        ruptures.append(Rupture(f"BR-{regles}-10", famille, plus, rf"\1\2{reason}"))
    else:
        ruptures.append(Rupture(f"BR-{regles}-10", famille, motif))
    if code != "O":
        wrong = "-1" if code in {"L", "M"} else "0" if code == "S" else "3"
        ruptures.append(
            Rupture(
                f"BR-{regles}-05", famille, rf"{LIGNE}(<cbc:ID>{code}</cbc:ID><cbc:Percent>)[^<]*", rf"\1\g<2>{wrong}"
            )
        )
        ruptures.append(Rupture(f"BR-{regles}-01", famille, f"{ici[:-2]})<", r"\1_<"))
    else:
        ruptures.append(
            Rupture("BR-O-05", famille, rf"{LIGNE}(<cbc:ID>O</cbc:ID>)", r"\1\2<cbc:Percent>0</cbc:Percent>")
        )
    return ruptures


IDENTITES = (
    Rupture("BR-S-02", N, r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>"),
    Rupture("BR-Z-02", "taux zéro", r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>"),
    Rupture("BR-E-02", "exonérée", r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>"),
    Rupture("BR-AE-02", "autoliquidation", r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>"),
    Rupture("BR-IC-02", "intracommunautaire", ACHETEUR + r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>", r"\1"),
    Rupture("BR-IC-11", "intracommunautaire", balise("ActualDeliveryDate")),
    Rupture("BR-IC-12", "intracommunautaire", r"(DeliveryLocation>.*?)" + PAYS, r"\1"),
    Rupture("BR-G-02", "exportation", r"<cac:PartyTaxScheme>.*?</cac:PartyTaxScheme>"),
    Rupture(
        "BR-O-02",
        "hors champ, parties sans TVA",
        "<cac:PartyLegalEntity>",
        "<cac:PartyTaxScheme><cbc:CompanyID>BE0202239951</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
        "</cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>",
    ),
    Rupture("BR-B-01", "TVA italienne scindée", ">IT<", ">BE<"),
)

RUPTURES: tuple[Rupture, ...] = (
    *PRESENCE,
    *LISTES,
    *CALCULS,
    *DECIMALES,
    *(rupture for one in CATEGORIES for rupture in _de_categorie(*one)),
    *IDENTITES,
)
