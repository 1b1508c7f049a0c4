"""Rules on VAT categories: each category has the same ten questions with its own answers."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from clefdevoute.documents.factures import codes
from clefdevoute.documents.factures.bornes import Regle
from clefdevoute.documents.factures.cahier import Cahier, Noeud, chemin, montant, texte, tous
from clefdevoute.documents.factures.regles_elements import decimal_lu

# Code of UNCL 5305 → name of its family of rules.
FAMILLES = {"S": "S", "Z": "Z", "E": "E", "AE": "AE", "K": "IC", "G": "G", "O": "O", "L": "AF", "M": "AG"}
A_TAUX = frozenset({"S", "L", "M"})
TAUX_NUL = frozenset({"Z", "E", "AE", "K", "G"})
MOTIF_EXIGE = frozenset({"E", "AE", "K", "G", "O"})
VENDEUR = ("AccountingSupplierParty", "Party")
ACHETEUR = ("AccountingCustomerParty", "Party")
CENT = Decimal(100)
UN = Decimal(1)
DEMI = Decimal("0.5")
PRES = Decimal("0.9")


def arrondi(valeur: Decimal) -> Decimal:
    """Round to the cent as XPath does: a half goes up, also below nought."""
    return (valeur * CENT + DEMI).to_integral_value(ROUND_FLOOR) / CENT


def egal(ecrit: Decimal, calcule: Decimal) -> bool:
    """Whether an amount is the rounded result: rounding is tried only when it could matter."""
    return ecrit == calcule or ecrit == arrondi(calcule)


def _categorie(regle_liste: str, *, de_ligne: bool) -> Regle:
    def verifier(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
        identifiants = noeud.get(".ID")
        code = noeud["code"] = identifiants[0].get("#", "") if identifiants else ""
        if identifiants and code not in codes.CATEGORIES_TVA:
            cahier.brise(regle_liste)
        regimes: Sequence[Noeud] = noeud.get("TaxScheme") or ()
        tva = noeud["tva"] = bool(regimes) and texte(regimes[0], ".ID").upper() == "VAT"
        pourcents = noeud.get(".Percent")
        if pourcents:
            noeud["taux"] = decimal_lu(pourcents[0].get("#", ""))
            if noeud["taux"] is None:
                cahier.brise("TAUX-ILLISIBLE")
        if de_ligne:
            cahier.categories_lignes.add(code)
        if tva:
            cahier.categories_tva.add(code)
            if de_ligne:
                cahier.categories_lignes_tva.add(code)

    return verifier


def _taux_faux(noeud: Noeud) -> bool:
    """Whether the rate contradicts the category: questions 05 to 07 of each family."""
    code, taux = noeud["code"], noeud.get("taux")
    if code == "S":
        return taux is None or taux <= 0
    if code in A_TAUX:
        return taux is None or taux < 0
    if code in TAUX_NUL:
        return taux is None or taux != 0
    return code == "O" and ".Percent" in noeud


def verifier_ligne(categories: list[Noeud], net: Decimal | None, cahier: Cahier) -> None:
    """Check the line's category and its rate, and sum the line under it."""
    sans_tva = True
    for categorie in categories:
        if categorie["tva"]:
            code = categorie["code"]
            sans_tva = sans_tva and ".ID" not in categorie
            if code in FAMILLES and _taux_faux(categorie):
                cahier.brise(f"BR-{FAMILLES[code]}-05")
    if sans_tva:
        cahier.brise("BR-CO-04")
    if len(categories) != 1:
        cahier.brise("UBL-SR-48")
    if categories and net is not None:
        premiere = categories[0]
        cahier.par_categorie[premiere["code"]] += net
        cahier.par_taux[premiere["code"], premiere.get("taux")] += net


def _remise_ou_frais(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    indicateur = texte(noeud, ".ChargeIndicator")
    if indicateur not in ("true", "false", "1", "0"):
        return
    frais = noeud["frais"] = indicateur in ("true", "1")
    motif = texte(noeud, ".AllowanceChargeReasonCode")
    if ".AllowanceChargeReasonCode" in noeud and motif not in (codes.MOTIFS_FRAIS if frais else codes.MOTIFS_REMISE):
        cahier.brise("BR-CL-20" if frais else "BR-CL-19")
    if len(noeud.get(".AllowanceChargeReason", ())) > 1:
        cahier.brise("UBL-SR-31" if frais else "UBL-SR-30")
    for categorie in noeud.get("TaxCategory", ()):
        code = categorie["code"]
        cahier.categories_remises.add(code)
        cahier.taux_remises.add((code, categorie.get("taux")))
        if categorie["tva"]:
            cahier.remises_tva.add((code, frais))
            if code in FAMILLES and _taux_faux(categorie):
                cahier.brise(f"BR-{FAMILLES[code]}-0{7 if frais else 6}")


def _sous_total(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    for regle, nom in (("BR-45", ".TaxableAmount"), ("BR-46", ".TaxAmount")):
        if nom not in noeud:
            cahier.brise(regle)
    categories = [un for un in noeud.get("TaxCategory", ()) if un["tva"]]
    if not any(".ID" in un for un in categories):
        cahier.brise("BR-47")
    if not any(".Percent" in un or un["code"] == "O" for un in categories):
        cahier.brise("BR-48")
    if len(tous(noeud, "TaxCategory", ".TaxExemptionReason")) > 1:
        cahier.brise("UBL-SR-32")
    base, taxe = montant(noeud, ".TaxableAmount"), montant(noeud, ".TaxAmount")
    taux = next((un["taux"] for un in categories if un.get("taux") is not None), None)
    if not _taxe_juste(base, taxe, taux):
        cahier.brise("BR-CO-17")


def _taxe_juste(base: Decimal | None, taxe: Decimal | None, taux: Decimal | None) -> bool:
    """Tax within one unit of base × rate; nought where the rate rounds to nought."""
    if taux is None or (taux + DEMI).to_integral_value(ROUND_FLOOR) == 0:
        return taxe is not None and -DEMI <= taxe < DEMI
    return base is not None and taxe is not None and proche(base, taxe, taux)


def proche(base: Decimal, taxe: Decimal, taux: Decimal) -> bool:
    """The standard's tolerance of one unit of currency."""
    juste = abs(base) * taux / CENT
    ecart = abs(abs(taxe) - juste)
    return ecart < PRES or (ecart <= UN + PRES and abs(abs(taxe) - arrondi(juste)) < UN)


def verifier_ventilation(racine: Noeud, cahier: Cahier) -> None:
    """Compare each row of the breakdown with the lines, allowances and charges of its category."""
    for remise in racine.get("AllowanceCharge", ()):
        valeur = montant(remise, ".Amount")
        if valeur is None or "frais" not in remise:
            continue
        signe = valeur if remise["frais"] else -valeur
        for categorie in remise.get("TaxCategory", ())[:1]:
            cahier.par_categorie[categorie["code"]] += signe
            cahier.par_taux[categorie["code"], categorie.get("taux")] += signe
    for sous_total in tous(racine, "TaxTotal", "TaxSubtotal"):
        for categorie in sous_total.get("TaxCategory", ()):
            if categorie["tva"] and categorie["code"] in FAMILLES:
                _verifier_tranche(sous_total, categorie, cahier)


def _verifier_tranche(sous_total: Noeud, categorie: Noeud, cahier: Cahier) -> None:
    code, famille = categorie["code"], FAMILLES[categorie["code"]]
    base, taxe, taux = montant(sous_total, ".TaxableAmount"), montant(sous_total, ".TaxAmount"), categorie.get("taux")
    if code in A_TAUX:
        if taux is not None and not _base_au_taux(code, taux, base, cahier):
            cahier.brise(f"BR-{famille}-08")
        if base is None or taxe is None or taux is None or not proche(base, taxe, taux):
            cahier.brise(f"BR-{famille}-09")
    else:
        if not cahier.line_count or base != cahier.par_categorie[code]:
            cahier.brise(f"BR-{famille}-08")
        if taxe is None or taxe != 0:
            cahier.brise(f"BR-{famille}-09")
    motif = ".TaxExemptionReason" in categorie or ".TaxExemptionReasonCode" in categorie
    if motif != (code in MOTIF_EXIGE):
        cahier.brise(f"BR-{famille}-10")


def _base_au_taux(code: str, taux: Decimal, base: Decimal | None, cahier: Cahier) -> bool:
    cle = (code, taux)
    if not cahier.line_count or (code == "S" and cle not in cahier.par_taux and cle not in cahier.taux_remises):
        return False
    return base is not None and abs(base - cahier.par_taux[cle]) < UN


def verifier_identifications(racine: Noeud, cahier: Cahier) -> None:
    """Check that each category used has its row, and that the parties carry the VAT numbers it calls for."""
    usages = [("02", code) for code in cahier.categories_lignes_tva if code in FAMILLES]
    usages += [("04" if frais else "03", code) for code, frais in cahier.remises_tva if code in FAMILLES]
    if usages:
        numeros = _numeros(racine)
        for question, code in usages:
            if not _identifie(code, *numeros):
                cahier.brise(f"BR-{FAMILLES[code]}-{question}")
    if "S" in cahier.categories_lignes and "S" not in cahier.categories_lignes_tva:
        cahier.brise("BR-S-02")
    _verifier_presence(racine, cahier)


def _numeros(racine: Noeud) -> tuple[bool, bool, bool, bool]:
    """Whether the seller is registered at all, for VAT, the buyer for VAT, and the buyer at least as a company."""
    regimes = [un["tva"] for un in tous(racine, *VENDEUR, "PartyTaxScheme") if ".CompanyID" in un]
    acheteur = [un["tva"] for un in tous(racine, *ACHETEUR, "PartyTaxScheme") if ".CompanyID" in un]
    entite = tous(racine, *ACHETEUR, "PartyLegalEntity", ".CompanyID")
    fiscaux = tous(racine, "TaxRepresentativeParty", "PartyTaxScheme")
    represente = any(".CompanyID" in un and un["tva"] for un in fiscaux)
    return bool(regimes) or represente, True in regimes or represente, True in acheteur, bool(entite)


def _identifie(code: str, inscrit: bool, tva_vendeur: bool, tva_acheteur: bool, acheteur_connu: bool) -> bool:
    if code == "O":
        return not tva_vendeur and not tva_acheteur
    if code == "K":
        return tva_vendeur and tva_acheteur
    if code == "G":
        return tva_vendeur
    return inscrit and (code != "AE" or tva_acheteur or acheteur_connu)


def _verifier_presence(racine: Noeud, cahier: Cahier) -> None:
    tranches = [(un["code"], un["tva"]) for un in tous(racine, "TaxTotal", "TaxSubtotal", "TaxCategory")]
    vus = {code for code, _ in tranches} | cahier.categories_tva
    vus |= cahier.categories_lignes
    vus |= cahier.categories_remises
    for code in vus:
        if code in FAMILLES and not _bien_ventilee(code, tranches, cahier):
            cahier.brise(f"BR-{FAMILLES[code]}-01")
    if "O" in vus and ("O", True) in tranches:
        _verifier_hors_champ(tranches, cahier)
    if "K" in vus and ("K", True) in tranches:
        _verifier_intracommunautaire(racine, cahier)
    if "B" in vus:
        if cahier.pays - {"IT"}:
            cahier.brise("BR-B-01")
        if "S" in cahier.categories_lignes | cahier.categories_remises | {code for code, _ in tranches}:
            cahier.brise("BR-B-02")


def _bien_ventilee(code: str, tranches: list[tuple[str, bool]], cahier: Cahier) -> bool:
    """Exactly one row, where the rate is fixed; where it varies, at least one row if used and none if not."""
    if code == "S":
        utilise = code in cahier.categories_lignes or code in cahier.categories_remises
        return utilise == any(autre == code for autre, _ in tranches)
    nombre = tranches.count((code, True))
    if code in A_TAUX:
        remises = (code, True) in cahier.remises_tva or (code, False) in cahier.remises_tva
        return (code in cahier.categories_lignes_tva or remises) == (nombre > 0)
    return code not in cahier.categories_tva or nombre == 1


def _verifier_hors_champ(tranches: list[tuple[str, bool]], cahier: Cahier) -> None:
    if any(tva and code != "O" for code, tva in tranches):
        cahier.brise("BR-O-11")
    if cahier.categories_lignes_tva - {"O"}:
        cahier.brise("BR-O-12")
    for code, frais in cahier.remises_tva:
        if code != "O":
            cahier.brise("BR-O-14" if frais else "BR-O-13")


def _verifier_intracommunautaire(racine: Noeud, cahier: Cahier) -> None:
    livraison = chemin(racine, "Delivery")
    periode = any(nom[0] not in "#@" for nom in chemin(racine, "InvoicePeriod"))
    if len(texte(livraison, ".ActualDeliveryDate")) <= 1 and not periode:
        cahier.brise("BR-IC-11")
    if len(texte(chemin(livraison, "DeliveryLocation", "Address", "Country"), ".IdentificationCode")) <= 1:
        cahier.brise("BR-IC-12")


REGLES: dict[str, Regle] = {
    "TaxCategory": _categorie("BR-CL-17", de_ligne=False),
    "ClassifiedTaxCategory": _categorie("BR-CL-18", de_ligne=True),
    "AllowanceCharge": _remise_ou_frais,
    "TaxSubtotal": _sous_total,
}
