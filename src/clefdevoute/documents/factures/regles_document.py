"""Rules that need the whole invoice: presence, counts, parties, payment, totals."""

from decimal import Decimal

from clefdevoute.documents.factures import codes, regles_tva
from clefdevoute.documents.factures.cahier import ZERO, Cahier, Noeud, chemin, montant, texte, tous
from clefdevoute.documents.factures.regles_lignes import verifier_periodes
from clefdevoute.documents.factures.regles_parties import verifier_parties
from clefdevoute.documents.factures.regles_tva import arrondi, egal

# Rule → where no more than one may stand.
AU_PLUS_UN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("UBL-SR-01", ("ContractDocumentReference", ".ID")),
    ("UBL-SR-02", ("ReceiptDocumentReference", ".ID")),
    ("UBL-SR-03", ("DespatchDocumentReference", ".ID")),
    ("UBL-SR-05", ("PaymentTerms", ".Note")),
    ("UBL-SR-08", ("InvoicePeriod",)),
    ("UBL-SR-24", ("Delivery",)),
    ("UBL-SR-39", ("ProjectReference", ".ID")),
    ("UBL-SR-45", ("PaymentMeans", ".PaymentDueDate")),
    ("UBL-SR-49", ("InvoicePeriod", ".DescriptionCode")),
    ("UBL-SR-54", ("PaymentMeans", "CardAccount")),
    ("UBL-SR-55", ("PaymentMeans", "PaymentMandate")),
    ("UBL-SR-56", ("OriginatorDocumentReference", ".ID")),
)


DEUX_DECIMALES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("BR-DEC-09", ("LegalMonetaryTotal", ".LineExtensionAmount")),
    ("BR-DEC-10", ("LegalMonetaryTotal", ".AllowanceTotalAmount")),
    ("BR-DEC-11", ("LegalMonetaryTotal", ".ChargeTotalAmount")),
    ("BR-DEC-12", ("LegalMonetaryTotal", ".TaxExclusiveAmount")),
    ("BR-DEC-14", ("LegalMonetaryTotal", ".TaxInclusiveAmount")),
    ("BR-DEC-16", ("LegalMonetaryTotal", ".PrepaidAmount")),
    ("BR-DEC-17", ("LegalMonetaryTotal", ".PayableRoundingAmount")),
    ("BR-DEC-18", ("LegalMonetaryTotal", ".PayableAmount")),
    ("BR-DEC-19", ("TaxTotal", "TaxSubtotal", ".TaxableAmount")),
    ("BR-DEC-20", ("TaxTotal", "TaxSubtotal", ".TaxAmount")),
)


def verifier_document(racine: Noeud, cahier: Cahier) -> None:
    """Run every rule of the document, once its last element has closed."""
    _presence(racine, cahier)
    verifier_parties(racine, cahier)
    _paiements(racine, cahier)
    _references(racine, cahier)
    _remises(racine, cahier)
    _totaux(racine, cahier)
    _totaux_tva(racine, cahier)
    regles_tva.verifier_ventilation(racine, cahier)
    regles_tva.verifier_identifications(racine, cahier)
    if cahier.decimales_en_attente > 0:
        cahier.brise("UBL-DT-01")
        _decimales(racine, cahier)


def _decimales(racine: Noeud, cahier: Cahier) -> None:
    """Name which total carries more than two decimals; lines are gone and were named when they closed."""
    for regle, ou in DEUX_DECIMALES:
        if any("trop_precis" in un for un in tous(racine, *ou)):
            cahier.brise(regle)
    for remise in racine.get("AllowanceCharge", ()):
        if "frais" in remise:
            for rang, nom in enumerate((".Amount", ".BaseAmount")):
                if any("trop_precis" in un for un in remise.get(nom, ())):
                    cahier.brise(f"BR-DEC-0{(5 if remise['frais'] else 1) + rang}")


def _presence(racine: Noeud, cahier: Cahier) -> None:
    for regle, nom in (
        ("BR-01", ".CustomizationID"),
        ("BR-02", ".ID"),
        ("BR-03", ".IssueDate"),
        ("BR-05", ".DocumentCurrencyCode"),
    ):
        if not texte(racine, nom):
            cahier.brise(regle)
    if not texte(racine, ".InvoiceTypeCode") and not texte(racine, ".CreditNoteTypeCode"):
        cahier.brise("BR-04")
    if cahier.line_count == 0:
        cahier.brise("BR-16")
    for regle, ou in AU_PLUS_UN:
        if ou[0] in racine and len(tous(racine, *ou)) > 1:
            cahier.brise(regle)
    _periode_et_notes(racine, cahier)


def _periode_et_notes(racine: Noeud, cahier: Cahier) -> None:
    if ".TaxPointDate" in racine and tous(racine, "InvoicePeriod", ".DescriptionCode"):
        cahier.brise("BR-CO-03")
    if "InvoicePeriod" in racine:
        verifier_periodes(racine["InvoicePeriod"], "BR-29", "BR-CO-19", cahier)
    for note in racine.get(".Note", ()):
        sujet = note.get("#", "").partition("#")[2].partition("#")
        if sujet[1] and len(sujet[0]) == 3 and sujet[0] not in codes.SUJETS_NOTE:
            cahier.brise("BR-CL-08")


def _paiements(racine: Noeud, cahier: Cahier) -> None:
    for moyen in racine.get("PaymentMeans", ()):
        _moyen(moyen, cahier)
    if len(cahier.payment_ids) > 1 and len(set(cahier.payment_ids)) > 1:
        cahier.brise("UBL-SR-44")
    if len(cahier.moyens) > 1:
        cahier.brise("UBL-SR-47")
    moyens = racine.get("PaymentMeans", ())
    if len(moyens) > 1 and sum("name" in chemin(un, ".PaymentMeansCode").get("@", ()) for un in moyens) > 1:
        cahier.brise("UBL-SR-46")
    if cahier.sepa > 1:
        cahier.brise("UBL-SR-29")


def _moyen(moyen: Noeud, cahier: Cahier) -> None:
    if ".PaymentMeansCode" not in moyen:
        cahier.brise("BR-49")
    elif texte(moyen, ".PaymentMeansCode") in ("30", "58"):
        comptes = moyen.get("PayeeFinancialAccount", ())
        if not any(".ID" in compte for compte in comptes):
            cahier.brise("BR-61")
        if any(not texte(compte, ".ID") for compte in comptes):
            cahier.brise("BR-50")
    for carte in moyen.get("CardAccount", ()):
        if not 4 <= len(texte(carte, ".PrimaryAccountNumberID")) <= 10:
            cahier.notes["Le numéro de la carte de paiement n’est pas réduit à ses derniers chiffres (BR-51)."] = None
    for regle, nom in (("UBL-SR-26", ".PaymentID"), ("UBL-SR-27", ".PaymentMeansCode")):
        if len(moyen.get(nom, ())) > 1:
            cahier.brise(regle)
    if "PaymentMandate" in moyen and len(tous(moyen, "PaymentMandate", ".ID")) > 1:
        cahier.brise("UBL-SR-28")


def _references(racine: Noeud, cahier: Cahier) -> None:
    annexes = racine.get("AdditionalDocumentReference", ())
    for annexe in annexes:
        _annexe(annexe, ".CreditNoteTypeCode" in racine, cahier)
    if sum(texte(un, ".DocumentTypeCode") == "130" for un in annexes) > 1:
        cahier.brise("UBL-SR-04")
    for avant in racine.get("BillingReference", ()):
        if not tous(avant, "InvoiceDocumentReference", ".ID"):
            cahier.brise("BR-55")
            cahier.brise("UBL-SR-07")
        if len(avant.get("InvoiceDocumentReference", ())) > 1:
            cahier.brise("UBL-SR-06")


def _annexe(annexe: Noeud, note_credit: bool, cahier: Cahier) -> None:
    """Check a supporting document; type 130 is the object invoiced, type 50 the project of a credit note."""
    type_code = texte(annexe, ".DocumentTypeCode")
    if not texte(annexe, ".ID"):
        cahier.brise("BR-52")
    if len(annexe.get(".DocumentDescription", ())) > 1:
        cahier.brise("UBL-SR-33")
    if type_code == "130":
        if "Attachment" in annexe:
            cahier.brise("UBL-CR-666")
        if ".DocumentDescription" in annexe:
            cahier.brise("UBL-CR-673")
        return
    autre_type = ".DocumentTypeCode" in annexe or "schemeID" in chemin(annexe, ".ID").get("@", ())
    if autre_type and not (note_credit and type_code == "50"):
        cahier.brise("UBL-SR-43")


def _remises(racine: Noeud, cahier: Cahier) -> None:
    for remise in racine.get("AllowanceCharge", ()):
        if "frais" not in remise:
            continue
        sans_montant, sans_categorie, sans_motif = (
            ("BR-36", "BR-37", ("BR-38", "BR-CO-22")) if remise["frais"] else ("BR-31", "BR-32", ("BR-33", "BR-CO-21"))
        )
        if ".Amount" not in remise:
            cahier.brise(sans_montant)
        if not any(un["tva"] and ".ID" in un for un in remise.get("TaxCategory", ())):
            cahier.brise(sans_categorie)
        if ".AllowanceChargeReason" not in remise and ".AllowanceChargeReasonCode" not in remise:
            for regle in sans_motif:
                cahier.brise(regle)


def _somme_remises(racine: Noeud, frais: bool) -> tuple[int, Decimal]:
    if "AllowanceCharge" not in racine:
        return 0, ZERO
    choisies = [un for un in racine["AllowanceCharge"] if un.get("frais") is frais]
    return len(choisies), arrondi(sum((montant(un, ".Amount") or ZERO for un in choisies), ZERO))


def _totaux(racine: Noeud, cahier: Cahier) -> None:
    if "LegalMonetaryTotal" not in racine:
        return
    totaux = chemin(racine, "LegalMonetaryTotal")
    for regle, nom in (
        ("BR-12", ".LineExtensionAmount"),
        ("BR-13", ".TaxExclusiveAmount"),
        ("BR-14", ".TaxInclusiveAmount"),
        ("BR-15", ".PayableAmount"),
    ):
        if nom not in totaux:
            cahier.brise(regle)
    lignes = montant(totaux, ".LineExtensionAmount")
    if lignes != cahier.somme_lignes and lignes != arrondi(cahier.somme_lignes):
        cahier.brise("BR-CO-10")
    for regle, nom, frais in (("BR-CO-11", ".AllowanceTotalAmount", False), ("BR-CO-12", ".ChargeTotalAmount", True)):
        nombre, somme = _somme_remises(racine, frais)
        if (nombre > 0) if nom not in totaux else (montant(totaux, nom) != somme):
            cahier.brise(regle)
    _enchainement(totaux, lignes, cahier)
    du = montant(totaux, ".PayableAmount")
    if not cahier.echeance and du is not None and du > 0 and ".InvoiceTypeCode" in racine:
        cahier.brise("BR-CO-25")


def _enchainement(totaux: Noeud, lignes: Decimal | None, cahier: Cahier) -> None:
    hors, avec = montant(totaux, ".TaxExclusiveAmount"), montant(totaux, ".TaxInclusiveAmount")
    frais, remises = montant(totaux, ".ChargeTotalAmount"), montant(totaux, ".AllowanceTotalAmount")
    if lignes is None or hors is None or not egal(hors, lignes + (frais or ZERO) - (remises or ZERO)):
        cahier.brise("BR-CO-13")
    du, avance = montant(totaux, ".PayableAmount"), montant(totaux, ".PrepaidAmount")
    arrondi_paiement = montant(totaux, ".PayableRoundingAmount")
    reste = (avec or ZERO) - (avance or ZERO)
    if du is None or avec is None or not egal(arrondi(du - arrondi_paiement) if arrondi_paiement else du, reste):
        cahier.brise("BR-CO-16")


def _totaux_tva(racine: Noeud, cahier: Cahier) -> None:
    for total in racine.get("TaxTotal", ()):
        sous_totaux = [montant(un, ".TaxAmount") or ZERO for un in total.get("TaxSubtotal", ())]
        if sous_totaux and montant(total, ".TaxAmount") != arrondi(sum(sous_totaux, ZERO)):
            cahier.brise("BR-CO-14")
    if not tous(racine, "TaxTotal", "TaxSubtotal"):
        cahier.brise("BR-CO-18")
    taxes = tous(racine, "TaxTotal", ".TaxAmount")
    monnaie_tva = texte(racine, ".TaxCurrencyCode")
    if ".TaxCurrencyCode" in racine and all(un.get("@", {}).get("currencyID") != monnaie_tva for un in taxes):
        cahier.brise("BR-53")
    if ".DocumentCurrencyCode" in racine:
        monnaie = texte(racine, ".DocumentCurrencyCode")
        siennes = [un.get("d") for un in taxes if un.get("@", {}).get("currencyID") == monnaie]
        totaux = chemin(racine, "LegalMonetaryTotal")
        hors, avec = montant(totaux, ".TaxExclusiveAmount"), montant(totaux, ".TaxInclusiveAmount")
        taxe = siennes[0] if len(siennes) == 1 else None
        if taxe is None or hors is None or avec is None or not egal(avec, hors + taxe):
            cahier.brise("BR-CO-15")
