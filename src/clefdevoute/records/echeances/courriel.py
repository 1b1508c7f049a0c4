"""The words of a reminder: numbers, the name of the enterprise and a link; nobody's name, nothing of any dossier."""

import datetime as dt
from collections.abc import Mapping

from clefdevoute.law.kernel.money import date_fr
from clefdevoute.records.echeances.lignes import Bande

_LABELS = {Bande.EN_RETARD: "en retard", Bande.CETTE_SEMAINE: "cette semaine", Bande.CE_MOIS: "ce mois"}


def objet(counts: Mapping[Bande, int]) -> str:
    """Say the most pressing number, as it may be read over a shoulder."""
    band = next(band for band in Bande if counts[band])
    many = "s" if counts[band] > 1 else ""
    return f"Clef de voûte : {counts[band]} échéance{many} {_LABELS[band]}"


def texte(
    counts: Mapping[Bande, int], *, reminded: int, entreprise: str, as_of: dt.date, page: str, settings_page: str
) -> str:
    """Say the numbers of the page that the link opens, and how many of its lines brought this mail."""
    lines = [f"- {_LABELS[band]} : {counts[band]}" for band in Bande]
    what = "une échéance est rappelée" if reminded == 1 else f"{reminded} échéances sont rappelées"
    return "\n".join(
        (
            f"{entreprise}, le {date_fr(as_of)} : {what} aujourd’hui.",
            "",
            "À faire :",
            *lines,
            "",
            f"Ouvrir la page : {page}",
            "",
            "Ce courriel ne contient aucun nom.",
            f"Régler ou couper ces rappels : {settings_page}",
        )
    )
