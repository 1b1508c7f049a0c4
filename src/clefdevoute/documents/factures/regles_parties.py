"""Rules on who is who: seller, buyer, payee, tax representative."""

from clefdevoute.documents.factures.cahier import Cahier, Noeud, chemin, texte, tous
from clefdevoute.documents.factures.regles_tva import ACHETEUR, VENDEUR

Comptes = tuple[tuple[str, tuple[str, str]], ...]

# Rule → where, in a party, no more than one may stand.
AU_PLUS_UN_VENDEUR: Comptes = (
    ("UBL-SR-09", ("PartyLegalEntity", ".RegistrationName")),
    ("UBL-SR-10", ("PartyName", ".Name")),
    ("UBL-SR-11", ("PartyLegalEntity", ".CompanyID")),
    ("UBL-SR-14", ("PartyLegalEntity", ".CompanyLegalForm")),
)
AU_PLUS_UN_ACHETEUR: Comptes = (
    ("UBL-SR-15", ("PartyLegalEntity", ".RegistrationName")),
    ("UBL-SR-16", ("PartyIdentification", ".ID")),
    ("UBL-SR-17", ("PartyLegalEntity", ".CompanyID")),
    ("UBL-SR-40", ("PartyName", ".Name")),
)


def verifier_parties(racine: Noeud, cahier: Cahier) -> None:
    """Check the parties of the invoice."""
    vendeur, acheteur = chemin(racine, *VENDEUR), chemin(racine, *ACHETEUR)
    _partie(vendeur, ("BR-06", "BR-08", "BR-09", "BR-62"), AU_PLUS_UN_VENDEUR, cahier)
    _partie(acheteur, ("BR-07", "BR-10", "BR-11", "BR-63"), AU_PLUS_UN_ACHETEUR, cahier)
    _regimes(racine, vendeur, acheteur, cahier)
    if "PayeeParty" in racine:
        _beneficiaires(racine["PayeeParty"], vendeur, cahier)
    for representant in racine.get("TaxRepresentativeParty", ()):
        _representant(representant, cahier)


def _partie(partie: Noeud, regles: tuple[str, str, str, str], comptes: Comptes, cahier: Cahier) -> None:
    sans_nom, sans_adresse, sans_pays, sans_registre = regles
    if not any(un.get("#") for un in tous(partie, "PartyLegalEntity", ".RegistrationName")):
        cahier.brise(sans_nom)
    if "PostalAddress" not in partie:
        cahier.brise(sans_adresse)
    elif not texte(chemin(partie, "PostalAddress", "Country"), ".IdentificationCode"):
        cahier.brise(sans_pays)
    if ".EndpointID" in partie and "schemeID" not in partie[".EndpointID"][0].get("@", ()):
        cahier.brise(sans_registre)
    for regle, (bloc, nom) in comptes:
        blocs = partie.get(bloc, ())
        if blocs and (len(blocs) > 1 or len(blocs[0].get(nom, ())) > 1) and len(tous(partie, bloc, nom)) > 1:
            cahier.brise(regle)


def _regimes(racine: Noeud, vendeur: Noeud, acheteur: Noeud, cahier: Cahier) -> None:
    regimes = vendeur.get("PartyTaxScheme", ())
    tva = sum(len(un.get(".CompanyID", ())) for un in regimes if un["tva"])
    if len(regimes) > 2:
        cahier.brise("UBL-SR-42")
    if tva > 1:
        cahier.brise("UBL-SR-12")
    autres = [un for un in regimes if not un["tva"] and ".ID" in chemin(un, "TaxScheme")]
    if autres and sum(len(un.get(".CompanyID", ())) for un in autres) > 1:
        cahier.brise("UBL-SR-13")
    if sum(len(un.get(".CompanyID", ())) for un in acheteur.get("PartyTaxScheme", ()) if un["tva"]) > 1:
        cahier.brise("UBL-SR-18")
    if tva or "AccountingSupplierParty" not in racine:
        return
    if not tous(vendeur, "PartyIdentification", ".ID") and not tous(vendeur, "PartyLegalEntity", ".CompanyID"):
        cahier.brise("BR-CO-26")


def _textes(noeud: Noeud, *ou: str) -> set[str]:
    return {un.get("#", "") for un in tous(noeud, *ou)}


def _beneficiaires(payees: list[Noeud], vendeur: Noeud, cahier: Cahier) -> None:
    """Compare whoever is paid with the seller, whose names are gathered once: a file may repeat both by thousands."""
    noms_vendeur = _textes(vendeur, "PartyName", ".Name")
    numeros = _textes(vendeur, "PartyIdentification", ".ID")
    raisons = _textes(vendeur, "PartyLegalEntity", ".RegistrationName")
    for payee in payees:
        noms = _textes(payee, "PartyName", ".Name")
        if not noms or noms & noms_vendeur or _textes(payee, "PartyIdentification", ".ID") & numeros:
            cahier.brise("BR-17")
        autre = bool(noms and raisons) and (len(noms) > 1 or len(raisons) > 1 or noms != raisons)
        _compte_du_beneficiaire(payee, autre, cahier)


def _compte_du_beneficiaire(payee: Noeud, autre: bool, cahier: Cahier) -> None:
    """Count what may stand once; the standard asks it only where the two names differ (``autre``)."""
    schemas = [un.get("@", {}).get("schemeID", "SEPA").upper() for un in tous(payee, "PartyIdentification", ".ID")]
    for regle, nombre in (
        ("UBL-SR-19", len(tous(payee, "PartyName", ".Name"))),
        ("UBL-SR-20", sum(schema != "SEPA" for schema in schemas)),
        ("UBL-SR-21", len(tous(payee, "PartyLegalEntity", ".CompanyID"))),
    ):
        if nombre > 1 or not autre:
            cahier.brise(regle)


def _representant(representant: Noeud, cahier: Cahier) -> None:
    if not texte(chemin(representant, "PartyName"), ".Name"):
        cahier.brise("BR-18")
    if len(tous(representant, "PartyName", ".Name")) > 1:
        cahier.brise("UBL-SR-22")
    if len(tous(representant, "PartyTaxScheme", ".CompanyID")) > 1:
        cahier.brise("UBL-SR-23")
    if "PostalAddress" not in representant:
        cahier.brise("BR-19")
    elif not texte(chemin(representant, "PostalAddress", "Country"), ".IdentificationCode"):
        cahier.brise("BR-20")
    if not any(un["tva"] and ".CompanyID" in un for un in representant.get("PartyTaxScheme", ())):
        cahier.brise("BR-56")
