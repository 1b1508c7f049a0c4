"""The reasons for which a file is not read: a stable code, a French sentence that says what to do next."""

import errno

from clefdevoute.documents.factures.modele import Refus

GARDER = "Le fichier peut être gardé comme pièce d’une facture encodée à la main."
REDEMANDER = "Redemandez le fichier au fournisseur, ou encodez la facture à la main avec ce fichier comme pièce."

MESSAGES = {
    "fichier_illisible": "Le fichier ne peut pas être ouvert : {detail}. Vérifiez son nom et vos droits.",
    "fichier_vide": "Le fichier est vide. " + REDEMANDER,
    "fichier_trop_grand": "Le fichier dépasse {detail} Mo. Demandez au fournisseur un envoi sans annexes lourdes. "
    + GARDER,
    "piece_trop_grande": "Une pièce jointe dépasse {detail} Mo. Demandez au fournisseur une pièce plus légère. "
    + GARDER,
    "archive_compressee": "Le fichier est une archive compressée ({detail}). Déposez chaque facture à part.",
    "pas_du_xml": "Le fichier n’est pas du XML : ce n’est pas une facture électronique. " + GARDER,
    "pas_une_facture_ubl": "Ce n’est pas une facture UBL : {detail}. " + GARDER,
    "xml_mal_forme": "Le XML est coupé ou mal formé ({detail}). " + REDEMANDER,
    "xml_dangereux": "Le XML contient une déclaration DOCTYPE, interdite dans une facture. " + REDEMANDER,
    "trop_complexe": "Le XML dépasse les limites d’une facture : {detail}. " + REDEMANDER,
    "montant_illisible": "Le montant « {detail} » n’est pas un nombre décimal. " + REDEMANDER,
    "date_illisible": "La date « {detail} » n’existe pas au calendrier (attendu : AAAA-MM-JJ). " + REDEMANDER,
    "champ_obligatoire_absent": "Il manque {detail}. " + REDEMANDER,
    "identifiant_trop_long": "Un identifiant dépasse 200 caractères ({detail}). " + REDEMANDER,
}


CAUSES = {
    errno.EACCES: "son accès est refusé",
    errno.EPERM: "son accès est refusé",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ENOENT: "il n’existe pas",
    errno.EISDIR: "c’est un dossier",
}


def cause(error: OSError) -> str:
    """Say in French why the system did not open a file, without where it lies."""
    return CAUSES.get(error.errno or 0, "le système ne parvient pas à le lire")


class LectureRefusee(Exception):
    """The reading stops here; carries the stable code and the detail of the sentence."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def refus(filename: str, refused: LectureRefusee) -> Refus:
    """Turn the refusal into the answer given to the caller."""
    return Refus(filename, refused.code, MESSAGES[refused.code].format(detail=refused.detail))
