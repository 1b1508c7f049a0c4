"""Rules on an invoice line, run as the line closes; only its summary stays."""

from typing import Any

from clefdevoute.documents.factures import regles_tva
from clefdevoute.documents.factures.cahier import Cahier, Noeud, chemin, montant, texte, tous
from clefdevoute.documents.factures.modele import Ligne
from clefdevoute.documents.factures.refus import LectureRefusee

MAX_IDENTIFIANT = 200
MAX_NOM = 500
RARES = frozenset({".Note", "InvoicePeriod", "DocumentReference", "OrderLineReference", "AllowanceCharge"})


class CahierDeLignes(Cahier):
    """The notebook that also checks lines: what the parser is given."""

    def ligne(self, noeud: Noeud) -> None:
        """Check a line and keep its summary."""
        self.line_count += 1
        net = montant(noeud, ".LineExtensionAmount")
        article = chemin(noeud, "Item")
        numero, nom = texte(noeud, ".ID"), texte(article, ".Name")
        if len(numero) > MAX_IDENTIFIANT:
            raise LectureRefusee("identifiant_trop_long", "numéro de ligne")
        if net is not None:
            self.somme_lignes += net
        self.lignes.append(Ligne(numero, nom if len(nom) <= MAX_NOM else nom[:MAX_NOM], net))
        if not numero:
            self.brise("BR-21")
        if not nom:
            self.brise("BR-25")
        self._presence(noeud)
        if not RARES.isdisjoint(noeud):
            self._rares(noeud)
        if len(article.get(".Description", ())) > 1:
            self.brise("UBL-SR-50")
        if self.decimales_en_attente:
            self._decimales(noeud)
        regles_tva.verifier_ligne(article.get("ClassifiedTaxCategory", []), net, self)

    def _presence(self, noeud: Noeud) -> None:
        quantites = noeud.get(".InvoicedQuantity") or noeud.get(".CreditedQuantity")
        if not quantites:
            self.brise("BR-22")
        if not quantites or "@" not in quantites[0] or "unitCode" not in quantites[0]["@"]:
            self.brise("BR-23")
        if ".LineExtensionAmount" not in noeud:
            self.brise("BR-24")
        prix = chemin(noeud, "Price")
        if ".PriceAmount" not in prix:
            self.brise("BR-26")
        valeur = montant(prix, ".PriceAmount")
        if valeur is None or valeur < 0:
            self.brise("BR-27")
        if "AllowanceCharge" in prix:
            self._remise_de_prix(noeud, prix)

    def _rares(self, noeud: Noeud) -> None:
        """Check what most lines do not have."""
        if "InvoicePeriod" in noeud:
            verifier_periodes(noeud["InvoicePeriod"], "BR-30", "BR-CO-20", self)
        for remise in noeud.get("AllowanceCharge", ()):
            verifier_remise_de_ligne(remise, self)
        for regle, nom in (("UBL-SR-34", ".Note"), ("UBL-SR-36", "InvoicePeriod"), ("UBL-SR-52", "DocumentReference")):
            if len(noeud.get(nom, ())) > 1:
                self.brise(regle)
        if len(tous(noeud, "OrderLineReference", ".LineID")) > 1:
            self.brise("UBL-SR-35")

    def _decimales(self, noeud: Noeud) -> None:
        if any("trop_precis" in un for un in noeud.get(".LineExtensionAmount", ())):
            self.brise("BR-DEC-23")
        for remise in noeud.get("AllowanceCharge", ()):
            if "frais" in remise:
                for rang, nom in enumerate((".Amount", ".BaseAmount")):
                    if any("trop_precis" in un for un in remise.get(nom, ())):
                        self.brise(f"BR-DEC-{(27 if remise['frais'] else 24) + rang}")

    def _remise_de_prix(self, noeud: Noeud, prix: Noeud) -> None:
        bases = tous(prix, "AllowanceCharge", ".BaseAmount")
        if bases and not any(un.get("d") is not None and un["d"] >= 0 for un in bases):
            self.brise("BR-28")
        if len(tous(noeud, "Price", "AllowanceCharge", ".Amount")) > 1:
            self.brise("UBL-SR-37")


def verifier_periodes(periodes: list[Noeud], ordre: str, presence: str, cahier: Any) -> None:
    """Check that a period has a bound and ends after it begins; ISO dates compare as text."""
    for periode in periodes:
        debut, fin = texte(periode, ".StartDate"), texte(periode, ".EndDate")
        if ".StartDate" in periode and ".EndDate" in periode and fin[:10] < debut[:10]:
            cahier.brise(ordre)
        vide = ".StartDate" not in periode and ".EndDate" not in periode
        if vide and (presence == "BR-CO-20" or ".DescriptionCode" not in periode):
            cahier.brise(presence)


def verifier_remise_de_ligne(remise: Noeud, cahier: Cahier) -> None:
    """Check an allowance or a charge of a line: an amount and a reason."""
    if "frais" not in remise:
        return
    montant_absent, sans_motif = (
        ("BR-43", ("BR-44", "BR-CO-24")) if remise["frais"] else ("BR-41", ("BR-42", "BR-CO-23"))
    )
    if ".Amount" not in remise:
        cahier.brise(montant_absent)
    if ".AllowanceChargeReason" not in remise and ".AllowanceChargeReasonCode" not in remise:
        for regle in sans_motif:
            cahier.brise(regle)
