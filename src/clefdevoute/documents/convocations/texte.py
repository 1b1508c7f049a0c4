"""
What a convocation says, in plain words: that there is an interview, when, where, whom to call.

The e-mail and the text name nobody: whoever reads over a shoulder learns a date and a place. The letter
carries the name of its addressee, as every letter does.
"""

import datetime as dt
from dataclasses import dataclass

from clefdevoute.ui.formats import NBSP, date_longue, heure

OBJET = "Votre rendez-vous"
ENTRETIEN, RENDEZ_VOUS, REUNION = "un entretien", "un rendez-vous", "une réunion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convocation:
    """The facts of a convocation; ``quoi`` is one of the three words above, never a reason."""

    quoi: str
    debut: dt.datetime
    lieu: str
    entreprise: str
    telephone: str
    adresse_entreprise: tuple[str, ...] = ()
    destinataire: tuple[str, ...] = ()
    avec: str = ""
    forme: str = ""


def jour(convocation: Convocation) -> str:
    """Write the day: mardi 24 novembre 2026."""
    return date_longue(convocation.debut, weekday=True)


def courriel(convocation: Convocation) -> tuple[str, str]:
    """Write the subject and the body of the e-mail."""
    lines = [
        "Bonjour,",
        "",
        f"Vous avez {convocation.quoi} :",
        "",
        *(f"- {line}" for line in quand_et_ou(convocation)),
        "",
        excuse(convocation),
        "",
        convocation.entreprise,
    ]
    return OBJET, "\n".join(lines).replace(NBSP, " ")


def sms(convocation: Convocation) -> str:
    """Write the text to copy, short enough for one or two messages."""
    place = f", {convocation.lieu}" if convocation.lieu else ""
    words = f"Vous avez {convocation.quoi} le {jour(convocation)} à {heure(convocation.debut)}{place}."
    call = f" Vous ne pouvez pas venir ? Appelez le {convocation.telephone}." if convocation.telephone else ""
    return f"{words}{call} {convocation.entreprise}".replace(NBSP, " ")


def quand_et_ou(convocation: Convocation) -> list[str]:
    """List the day, the hour and the place, a line each."""
    lines = [f"le {jour(convocation)}", f"à {heure(convocation.debut)}"]
    if convocation.forme:
        lines.append(convocation.forme)
    return [*lines, convocation.lieu] if convocation.lieu else lines


def excuse(convocation: Convocation) -> str:
    """Say what to do when one cannot come."""
    if convocation.telephone:
        return f"Si vous ne pouvez pas venir, appelez-nous au {convocation.telephone}."
    return "Si vous ne pouvez pas venir, prévenez-nous."
