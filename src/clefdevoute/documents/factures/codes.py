"""The code lists of EN 16931: facts of ISO, UN/CEFACT and the European Commission, kept as data."""

import re
from importlib import resources


def _load() -> dict[str, frozenset[str]]:
    text = resources.files("clefdevoute.documents.factures").joinpath("codes.txt").read_text(encoding="utf-8")
    lists = re.findall(r"^\[(\w+)\][^\n]*\n((?:[^\[\n].*\n|\n)*)", text, flags=re.MULTILINE)
    return {name: frozenset(codes.split()) for name, codes in lists}


LISTES = _load()
TYPES_FACTURE = LISTES["type_facture"]
TYPES_NOTE_CREDIT = LISTES["type_note_credit"]
MONNAIES = LISTES["monnaie"]
PAYS = LISTES["pays"]
REFERENCES = LISTES["reference"]
REGISTRES = LISTES["registre"]
CLASSIFICATIONS = LISTES["classification"]
MOYENS_PAIEMENT = LISTES["moyen_paiement"]
CATEGORIES_TVA = LISTES["categorie_tva"]
MOTIFS_REMISE = LISTES["motif_remise"]
MOTIFS_FRAIS = LISTES["motif_frais"]
MOTIFS_EXONERATION = LISTES["motif_exoneration"]
UNITES = LISTES["unite"]
ADRESSES_ELECTRONIQUES = LISTES["adresse_electronique"]
SUJETS_NOTE = LISTES["sujet_note"]
MIMES = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)
# One text, searched as the standard searches it: a first letter alone passes too.
PREFIXES_TVA = f" {' '.join(sorted(PAYS | {'EL'}))}"
