"""The notice of an adjustment on paper: the same words as those sealed, laid out by the common sheet."""

import datetime as dt

from clefdevoute.documents.feuille import Emission, Feuille, Partie, Signataire, feuille_pdf
from clefdevoute.records.amenagements.avis import Avis


def avis_pdf(avis: Avis, *, le: dt.datetime, par: str) -> bytes:
    """Set a notice in type; it takes the sealed words and nothing else."""
    facts = dict(avis.facts)
    sheet = Feuille(
        titre=avis.title,
        pied=(facts.get("Entreprise", ""), avis.title),
        identite=avis.facts,
        parties=(
            Partie(titre="Mesure proposée", paragraphes=(avis.measure,)),
            Partie(titre="Ce qui vous est demandé", paragraphes=(avis.asks,)),
        ),
        signatures=(Signataire(partie="La direction", nom=""),),
        signer="Décision, date et signature :",
        note=avis.sealed,
    )
    return feuille_pdf(sheet, emission=Emission(le=le, par=par))
