"""
Our own invoices, one per family of the norm: what Peppol BIS 3, e-FFF, XRechnung and NLCIUS senders write.

Each is whole and sound; the official rules of EN 16931 found nothing in any of them.
"""

from collections.abc import Iterator

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
TVA = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
VIREMENT = (
    '<cac:PaymentMeans><cbc:PaymentMeansCode name="Virement">30</cbc:PaymentMeansCode>'
    "<cbc:PaymentID>F-1</cbc:PaymentID>"
    "<cac:PayeeFinancialAccount><cbc:ID>BE68539007547034</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
)
MANDAT = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode><cac:PaymentMandate><cbc:ID>M1</cbc:ID>"
    "<cac:PayerFinancialAccount><cbc:ID>BE43068999999501</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>"
    "</cac:PaymentMeans>"
)
CARTE = (
    "<cac:PaymentMeans><cbc:PaymentMeansCode>48</cbc:PaymentMeansCode><cac:CardAccount>"
    "<cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID><cbc:NetworkID>VISA</cbc:NetworkID></cac:CardAccount>"
    "</cac:PaymentMeans>"
)
LIVRAISON = (
    "<cac:Delivery><cbc:ActualDeliveryDate>2026-03-10</cbc:ActualDeliveryDate><cac:DeliveryLocation><cac:Address>"
    "<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation>"
    "</cac:Delivery>"
)
BENEFICIAIRE = (
    '<cac:PayeeParty><cac:PartyIdentification><cbc:ID schemeID="0208">0403170701</cbc:ID></cac:PartyIdentification>'
    "<cac:PartyName><cbc:Name>Factor SA</cbc:Name></cac:PartyName></cac:PayeeParty>"
)
REPRESENTANT = (
    "<cac:TaxRepresentativeParty><cac:PartyName><cbc:Name>Représentant</cbc:Name></cac:PartyName><cac:PostalAddress>"
    "<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    f"<cac:PartyTaxScheme><cbc:CompanyID>BE0403170701</cbc:CompanyID>{TVA}</cac:PartyTaxScheme>"
    "</cac:TaxRepresentativeParty>"
)


def categorie(balise: str, code: str, taux: str | None, motif: str | None = None) -> str:
    """One VAT category, under the name its place calls for."""
    percent = "" if taux is None else f"<cbc:Percent>{taux}</cbc:Percent>"
    reason = f"<cbc:TaxExemptionReason>{motif}</cbc:TaxExemptionReason>" if motif else ""
    return f"<cac:{balise}><cbc:ID>{code}</cbc:ID>{percent}{reason}{TVA}</cac:{balise}>"


def partie(nom: str, *, tva: str | None, numero: str | None, registre: str = "0208", pays: str = "BE") -> str:
    """A seller or a buyer, with or without its numbers."""
    adresse = f'<cbc:EndpointID schemeID="{registre}">{numero}</cbc:EndpointID>' if numero else ""
    regime = f"<cac:PartyTaxScheme><cbc:CompanyID>{tva}</cbc:CompanyID>{TVA}</cac:PartyTaxScheme>" if tva else ""
    entite = f'<cbc:CompanyID schemeID="{registre}">{numero}</cbc:CompanyID>' if numero else ""
    return (
        f"<cac:Party>{adresse}<cac:PostalAddress><cac:Country><cbc:IdentificationCode>{pays}</cbc:IdentificationCode>"
        f"</cac:Country></cac:PostalAddress>{regime}<cac:PartyLegalEntity><cbc:RegistrationName>{nom}"
        f"</cbc:RegistrationName>{entite}</cac:PartyLegalEntity></cac:Party>"
    )


def remise(montant: str, code: str, taux: str, *, frais: bool = False, monnaie: str = "EUR") -> str:
    """An allowance or a charge on the whole document."""
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{'true' if frais else 'false'}</cbc:ChargeIndicator>"
        f'<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason><cbc:Amount currencyID="{monnaie}">{montant}'
        f"</cbc:Amount>{categorie('TaxCategory', code, taux)}</cac:AllowanceCharge>"
    )


def total(nom: str, valeur: str, monnaie: str) -> str:
    """One total."""
    return f'<cbc:{nom} currencyID="{monnaie}">{valeur}</cbc:{nom}>'


class Document:
    """What an invoice and a credit note have in common; ``ecrit`` turns it into either."""

    def __init__(
        self, lignes: list[tuple[str, str, str | None]], tranches: list[tuple[str, ...]], **autres: str
    ) -> None:
        self.lignes, self.tranches, self.autres = lignes, tranches, autres

    def ecrit(self, *, note_credit: bool = False) -> str:
        """The XML, without its declaration."""
        autre = self.autres.get
        monnaie = autre("monnaie", "EUR")
        racine, type_code = ("CreditNote", "381") if note_credit else ("Invoice", autre("type", "380"))
        vendeur = autre("vendeur") or partie("Fournisseur SRL", tva="BE0202239951", numero="0202239951")
        acheteur = autre("acheteur") or partie("EI ASBL", tva="BE0477472701", numero="0477472701")
        echeance = "" if note_credit else "<cbc:DueDate>2026-04-13</cbc:DueDate>"
        return (
            f'<{racine} xmlns="{UBL}{racine}-2" xmlns:cac="{UBL}CommonAggregateComponents-2" '
            f'xmlns:cbc="{UBL}CommonBasicComponents-2"><cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>'
            f"<cbc:ID>F-1</cbc:ID><cbc:IssueDate>2026-03-14</cbc:IssueDate>{echeance}"
            f"<cbc:{racine}TypeCode>{type_code}</cbc:{racine}TypeCode>"
            f"<cbc:DocumentCurrencyCode>{monnaie}</cbc:DocumentCurrencyCode>{autre('tete', '')}"
            f"<cac:AccountingSupplierParty>{vendeur}</cac:AccountingSupplierParty>"
            f"<cac:AccountingCustomerParty>{acheteur}</cac:AccountingCustomerParty>{autre('suite', '')}"
            f"{autre('paiement', VIREMENT)}{autre('remises', '')}{self._taxes(monnaie)}{autre('taxe_bis', '')}"
            f"<cac:LegalMonetaryTotal>{self._totaux(monnaie)}</cac:LegalMonetaryTotal>"
            f"{''.join(self._lignes(racine, monnaie, note_credit=note_credit))}</{racine}>"
        )

    def _taxes(self, monnaie: str) -> str:
        def rang(base: str, taxe: str, code: str, taux: str | None = None, motif: str | None = None) -> str:
            montants = total("TaxableAmount", base, monnaie) + total("TaxAmount", taxe, monnaie)
            return f"<cac:TaxSubtotal>{montants}{categorie('TaxCategory', code, taux, motif)}</cac:TaxSubtotal>"

        rangs = "".join(rang(*un) for un in self.tranches)
        return f"<cac:TaxTotal>{total('TaxAmount', self.autres['taxe'], monnaie)}{rangs}</cac:TaxTotal>"

    def _totaux(self, monnaie: str) -> str:
        noms = {
            "somme": "LineExtensionAmount", "net": "TaxExclusiveAmount", "tvac": "TaxInclusiveAmount",
            "moins": "AllowanceTotalAmount", "plus": "ChargeTotalAmount", "acompte": "PrepaidAmount",
            "arrondi": "PayableRoundingAmount", "du": "PayableAmount",
        }  # fmt: skip
        ecrits = {"somme": self.autres["net"], "du": self.autres["tvac"], **self.autres}
        return "".join(total(nom, ecrits[cle], monnaie) for cle, nom in noms.items() if cle in ecrits)

    def _lignes(self, racine: str, monnaie: str, *, note_credit: bool) -> Iterator[str]:
        quantite = "CreditedQuantity" if note_credit else "InvoicedQuantity"
        for rang, (net, code, taux) in enumerate(self.lignes, start=1):
            signe = "-1" if net[0] == "-" else "1"
            yield (
                f'<cac:{racine}Line><cbc:ID>{rang}</cbc:ID><cbc:{quantite} unitCode="C62">{signe}'
                f"</cbc:{quantite}>{total('LineExtensionAmount', net, monnaie)}<cac:Item><cbc:Name>Article</cbc:Name>"
                f"{categorie('ClassifiedTaxCategory', code, taux)}</cac:Item>"
                f"<cac:Price>{total('PriceAmount', net.lstrip('-'), monnaie)}</cac:Price></cac:{racine}Line>"
            )


def _simple(code: str, motif: str | None = None, taux: str | None = "0", **autres: str) -> Document:
    """A thousand without any VAT, under one category."""
    rang = ("1000", "0", code, taux, motif)
    return Document([("1000", code, taux)], [rang], net="1000", taxe="0", tvac="1000", **autres)


def _normale(**autres: str) -> Document:
    return Document(
        [("100.00", "S", "21")], [("100.00", "21.00", "S", "21")], net="100.00", taxe="21.00", tvac="121.00", **autres
    )


FAMILLES: dict[str, Document] = {
    "taux écrits de six façons": Document(
        [("33.33", "S", taux) for taux in ("21", "21.0", "+21.00", "12", "06", ".5")],
        [("99.99", "21.00", "S", "21.000"), ("33.33", "4.00", "S", "12"), ("33.33", "2.00", "S", "6."),
         ("33.33", "0.17", "S", "0.50")],
        net="199.98", taxe="27.17", tvac="227.15",
    ),
    "quatre catégories, remises et frais": Document(
        [("100", "S", "21"), ("50", "S", "6"), ("-20.00", "S", "21"), ("7", "E", "0"), ("3", "Z", "0")],
        [("90.00", "18.90", "S", "21"), ("66.5", "3.99", "S", "6"),
         ("7", "0", "E", "0", "art. 44"), ("3", "0", "Z", "0")],
        somme="140.00", net="166.50", taxe="22.89", tvac="189.39", moins="10", plus="36.5", acompte="9.00",
        arrondi="-0.39", du="180.00",
        remises=remise("10", "S", "21") + remise("20", "S", "21", frais=True) + remise("16.5", "S", "6", frais=True),
        suite=BENEFICIAIRE + REPRESENTANT + LIVRAISON,
    ),
    "autoliquidation": _simple("AE", "Autoliquidation"),
    "intracommunautaire": _simple(
        "K", "art. 138", suite=LIVRAISON,
        vendeur=partie("BV", tva="NL123456789B01", numero="12345678", registre="0106", pays="NL"),
    ),
    "exportation": _simple("G", "hors Union"),
    "exonérée": _simple("E", "art. 44"),
    "taux zéro": _simple("Z"),
    "hors champ, parties sans TVA": _simple(
        "O", "hors champ", None, vendeur=partie("ASBL", tva=None, numero="0202239951"),
        acheteur=partie("EI", tva=None, numero="0477472701"),
    ),
    "Canaries et Ceuta": Document(
        [("1000", "L", "7"), ("10", "M", "0.5")], [("1000", "70", "L", "7"), ("10", "0.05", "M", "0.5")],
        net="1010", taxe="70.05", tvac="1080.05",
    ),
    "TVA italienne scindée": Document(
        [("100", "B", "22")], [("100", "22", "B", "22")], net="100", taxe="22", tvac="122", acompte="22", du="100",
        vendeur=partie("SpA", tva="IT01598570354", numero=None, pays="IT"),
        acheteur=partie("SpA 2", tva="IT02241850367", numero=None, pays="IT"),
    ),
    "couronnes, TVA aussi en euros": Document(
        [("100.00", "S", "25")], [("100.00", "25.00", "S", "25")], net="100.00", taxe="25.00", tvac="125.00",
        monnaie="SEK",
        tete="<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>",
        taxe_bis='<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">2.30</cbc:TaxAmount></cac:TaxTotal>',
    ),
    "négative": Document(
        [("-100", "S", "21")], [("-100", "-21.00", "S", "21")], net="-100", taxe="-21.00", tvac="-121.00"
    ),
    "entièrement payée d’avance": _normale(acompte="121.00", du="0"),
    "deux comptes": _normale(
        paiement=(VIREMENT + VIREMENT.replace("BE68539007547034", "BE43068999999501")).replace(' name="Virement"', "")
    ),
    "domiciliation": _normale(paiement=MANDAT),
    "carte": _normale(paiement=CARTE),
    "sans moyen de paiement": _normale(paiement=""),
    "acompte (386)": _normale(type="386"),
    "partielle (326)": _normale(type="326"),
    "corrective (384)": _normale(type="384"),
    "autofacture (389)": _normale(type="389"),
    "exigibilité": _normale(tete="<cbc:BuyerReference>R</cbc:BuyerReference>"),
}  # fmt: skip
