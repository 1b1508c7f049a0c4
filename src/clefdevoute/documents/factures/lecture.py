"""Read one invoice: bytes in, a frozen record or a coded refusal out. No file, no clock, no network."""

import datetime as dt
import re

from clefdevoute.documents.factures import codes, noms, phrases, regles_elements, regles_tva
from clefdevoute.documents.factures.bornes import MAX_OCTETS, MAX_PIECE, MAX_PIECES, Regle
from clefdevoute.documents.factures.cahier import ZERO, Cahier, Noeud, chemin, montant, texte, tous
from clefdevoute.documents.factures.modele import FactureLue, Partie, PieceJointe, Refus, Totaux, TrancheTva
from clefdevoute.documents.factures.parseur import analyser, fin_de_ligne, refuser_aux_premiers_octets
from clefdevoute.documents.factures.pieces import detacher, rattacher
from clefdevoute.documents.factures.refus import LectureRefusee, refus
from clefdevoute.documents.factures.regles_document import verifier_document
from clefdevoute.documents.factures.regles_lignes import MAX_IDENTIFIANT, CahierDeLignes
from clefdevoute.documents.factures.regles_tva import ACHETEUR, VENDEUR

MAX_NOM = 500
MAX_CODE = 10
BCE = "0208"
REGISTRES_BELGES = frozenset({BCE, "9925", "9956", "BE:EN", "BE:CBE", "BE:KBO", "BE:BCE", "BE:VAT"})
AGENCES_BELGES = frozenset({"KBO", "BCE", "CBE"})
TYPES_AUTOFACTURE = frozenset({"389", "261", "527"})


def lire(content: bytes, *, filename: str) -> FactureLue | Refus:
    """Read a UBL invoice or credit note; a refusal is an answer, never an exception."""
    try:
        return _lire(content, filename)
    except LectureRefusee as refused:
        return refus(filename, refused)


def refuser_taille(octets: int, *, filename: str) -> Refus | None:
    """Refuse by size alone, so that a caller need not load a file that would be refused anyway."""
    if octets <= MAX_OCTETS:
        return None
    return refus(filename, LectureRefusee("fichier_trop_grand", str(MAX_OCTETS // 1_000_000)))


def refuser_ouverture(reason: str, *, filename: str) -> Refus:
    """Answer for a file that could not be opened."""
    return refus(filename, LectureRefusee("fichier_illisible", reason))


def regles_brisees(content: bytes) -> frozenset[str]:
    """Name the rules a document breaks, fragments included; used to prove each rule alone."""
    cahier = CahierDeLignes(indulgent=True)
    _, racine = analyser(content, cahier, REGLES)
    verifier_document(racine, cahier)
    return frozenset(cahier.brises)


def _lire(content: bytes, filename: str) -> FactureLue:
    cahier = CahierDeLignes()
    refuser_aux_premiers_octets(content)
    allege, cahier.corps = detacher(content)
    nom, racine = analyser(allege, cahier, REGLES)
    verifier_document(racine, cahier)
    note_credit = nom == noms.NOTE_CREDIT
    monnaie = _monnaie(racine)
    if monnaie != "EUR":
        cahier.notes[f"La facture est en {monnaie[:3]} : le montant en euros et sa preuve restent à encoder."] = None
    type_code = texte(racine, ".CreditNoteTypeCode" if note_credit else ".InvoiceTypeCode")[:MAX_CODE]
    periode = chemin(racine, "InvoicePeriod")
    return FactureLue(
        filename=filename,
        syntax="UBL CreditNote" if note_credit else "UBL Invoice",
        type_code=type_code,
        invoice_id=_exige(racine, ".ID", "le numéro de la facture"),
        issue_date=_date(_exige(racine, ".IssueDate", "la date de la facture")),
        due_date=_date_facultative(texte(racine, ".DueDate") or _echeance(racine)),
        period_start=_date_facultative(texte(periode, ".StartDate")),
        period_end=_date_facultative(texte(periode, ".EndDate")),
        currency=monnaie,
        is_credit_note=note_credit,
        is_self_billed=type_code in TYPES_AUTOFACTURE or "selfbilling" in texte(racine, ".CustomizationID"),
        credits_invoices=_textes(racine, "BillingReference", "InvoiceDocumentReference", ".ID"),
        buyer_reference=texte(racine, ".BuyerReference")[:MAX_NOM] or None,
        supplier=_partie(chemin(racine, *VENDEUR)),
        buyer=_partie(chemin(racine, *ACHETEUR)),
        totals=_totaux(racine, monnaie),
        tax_breakdown=_ventilation(racine),
        lines=tuple(cahier.lignes),
        line_count=cahier.line_count,
        attachments=tuple(cahier.pieces),
        payee_ibans=_textes(racine, "PaymentMeans", "PayeeFinancialAccount", ".ID"),
        payment_ids=_textes(racine, "PaymentMeans", ".PaymentID"),
        warnings=phrases.avertissements(cahier.brises),
        notes=tuple(cahier.notes),
    )


def _textes(racine: Noeud, premier: str, *noms: str) -> tuple[str, ...]:
    """Take every value at the end of the path that is not empty."""
    return tuple(un["#"][:MAX_NOM] for un in tous(racine, premier, *noms) if un.get("#"))


def _exige(noeud: Noeud, nom: str, quoi: str) -> str:
    valeur = texte(noeud, nom)
    if not valeur:
        raise LectureRefusee("champ_obligatoire_absent", quoi)
    if len(valeur) > MAX_IDENTIFIANT:
        raise LectureRefusee("identifiant_trop_long", quoi)
    return valeur


def _monnaie(racine: Noeud) -> str:
    """Read the currency of the invoice, or that of its amount due when the file names it there alone."""
    if not texte(racine, ".DocumentCurrencyCode"):
        for nom in (".PayableAmount", ".TaxInclusiveAmount", ".TaxExclusiveAmount"):
            attributs: dict[str, str] = chemin(racine, "LegalMonetaryTotal", nom).get("@", {})
            if attributs.get("currencyID") in codes.MONNAIES:
                return attributs["currencyID"]
    return _exige(racine, ".DocumentCurrencyCode", "la monnaie de la facture")


def _date(valeur: str) -> dt.date:
    date = regles_elements.date_lue(valeur)
    if date is None:
        raise LectureRefusee("date_illisible", valeur[:30])
    return date


def _date_facultative(valeur: str) -> dt.date | None:
    return _date(valeur) if valeur else None


def _echeance(racine: Noeud) -> str:
    """Read the due date of a credit note, which stands with the means of payment."""
    return next((un["#"] for un in tous(racine, "PaymentMeans", ".PaymentDueDate") if un.get("#")), "")


def _partie(partie: Noeud) -> Partie:
    entite = chemin(partie, "PartyLegalEntity")
    nom = texte(entite, ".RegistrationName") or texte(chemin(partie, "PartyName"), ".Name")
    regimes = partie.get("PartyTaxScheme", ())
    regime = next((un for un in regimes if un["tva"] and ".CompanyID" in un), regimes[0] if regimes else {})
    tva = texte(regime, ".CompanyID")
    belge = _numero_belge(partie, entite, tva)
    pays = texte(chemin(partie, "PostalAddress", "Country"), ".IdentificationCode")
    if len(tva) > MAX_IDENTIFIANT or len(belge or "") > MAX_IDENTIFIANT:
        raise LectureRefusee("identifiant_trop_long", "numéro d’une partie")
    return Partie(nom[:MAX_NOM] or None, tva or None, belge, pays[:MAX_CODE] or None)


def _numero_belge(partie: Noeud, entite: Noeud, tva: str) -> str | None:
    """Take the number that says it comes from the Belgian register, else the Belgian VAT number, else e-FFF's own."""
    adresse, numero = chemin(partie, ".EndpointID"), chemin(entite, ".CompanyID")
    for noeud in (adresse, numero):
        if "@" in noeud and noeud["@"].get("schemeID") == BCE and noeud.get("#"):
            return str(noeud["#"])
    if tva[:2].upper() == "BE":
        return tva
    autres = [adresse, numero, *tous(partie, "PartyIdentification", ".ID")]
    return next((un["#"] for un in autres if un.get("#") and _registre_belge(un.get("@", {}))), None)


def _registre_belge(attributs: dict[str, str]) -> bool:
    """Whether a number says it is Belgian: today's scheme, those of before 2019, or the words of e-FFF."""
    return (
        attributs.get("schemeID", "").upper() in REGISTRES_BELGES
        or attributs.get("schemeAgencyName", "").upper() in AGENCES_BELGES
    )


def _totaux(racine: Noeud, monnaie: str) -> Totaux:
    """Take the totals as written; the standard's rules say which is missing, and one at least must be there."""
    totaux = chemin(racine, "LegalMonetaryTotal")
    taxes = [un for un in tous(racine, "TaxTotal", ".TaxAmount") if un.get("#")]
    siennes = [un for un in taxes if un.get("@", {}).get("currencyID") == monnaie]
    taxe = (siennes or taxes or [{}])[0].get("#")
    hors, avec = texte(totaux, ".TaxExclusiveAmount"), texte(totaux, ".TaxInclusiveAmount")
    du = texte(totaux, ".PayableAmount")
    if not (hors or avec or du):
        raise LectureRefusee("champ_obligatoire_absent", "le total de la facture")
    avance, arrondi = montant(totaux, ".PrepaidAmount"), montant(totaux, ".PayableRoundingAmount")
    return Totaux(hors or None, taxe, avec or None, du or None, (avance or ZERO) - (arrondi or ZERO))


def _ventilation(racine: Noeud) -> tuple[TrancheTva, ...]:
    rangs = []
    for sous_total in tous(racine, "TaxTotal", "TaxSubtotal"):
        base, taxe = montant(sous_total, ".TaxableAmount"), montant(sous_total, ".TaxAmount")
        categorie = chemin(sous_total, "TaxCategory")
        if base is not None and taxe is not None:
            rangs.append(TrancheTva(texte(categorie, ".ID"), categorie.get("taux"), base, taxe))
    return tuple(rangs)


def nom_de_piece(nom: str | None) -> str | None:
    """Keep the base name alone: no folder, no drive, no control or direction character."""
    if nom is None:
        return None
    base = re.split(r"[/\\]", nom[-1000:])[-1]
    propre = "".join(c for c in base if c.isprintable()).strip().lstrip(".")[-150:]
    return propre.rpartition(":")[2] or None


def _piece(noeud: Noeud, parent: Noeud, cahier: Cahier) -> None:
    """Check an embedded file as soon as its element closes, and forget its text."""
    attributs, code = noeud.get("@", {}), noeud.pop("#", "")
    if len(cahier.pieces) >= MAX_PIECES:
        raise LectureRefusee("trop_complexe", "plus de 1.000 pièces jointes")
    if "mimeCode" not in attributs:
        cahier.brise("UBL-DT-06")
    elif attributs["mimeCode"] not in codes.MIMES:
        cahier.brise("BR-CL-24")
    if "filename" not in attributs:
        cahier.brise("UBL-DT-07")
    base64 = rattacher(code, cahier.corps)
    if base64 is None:
        cahier.brise("PIECE-ILLISIBLE")
    if len(code if base64 is None else base64) * 3 // 4 > MAX_PIECE + 2:
        raise LectureRefusee("piece_trop_grande", str(MAX_PIECE // 1_000_000))
    mime = attributs.get("mimeCode")
    cahier.pieces.append(PieceJointe(nom_de_piece(attributs.get("filename")), mime and mime[:100], base64))


REGLES: dict[str, Regle] = {
    **regles_elements.REGLES,
    **regles_tva.REGLES,
    ".EmbeddedDocumentBinaryObject": _piece,
    "InvoiceLine": fin_de_ligne("InvoiceLine"),
    "CreditNoteLine": fin_de_ligne("CreditNoteLine"),
}
