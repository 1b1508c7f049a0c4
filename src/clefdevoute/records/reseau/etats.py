"""Where a convention stands, from its dates alone; the words are those of the field."""

import datetime as dt
from enum import StrEnum

from clefdevoute.records.reseau.models import ConventionCpas, Signature

REMIND_AFTER = dt.timedelta(days=14)
"""How long a signature may wait before a reminder is proposed; our choice."""


class Etat(StrEnum):
    """The states of a convention; the value is in addresses, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str) -> "Etat":
        """Keep the French label beside the word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    BROUILLON = "brouillon", "Brouillon"
    A_SIGNER = "a_signer", "À signer"
    A_VENIR = "a_venir", "Signée, à venir"
    EN_VIGUEUR = "en_vigueur", "En vigueur"
    ECHUE = "echue", "Échue"
    DENONCEE = "denoncee", "Dénoncée"


def etat(convention: ConventionCpas, on: dt.date) -> Etat:
    """Derive the state on a day."""
    if convention.denounced_on is not None and convention.denounced_on < on:
        return Etat.DENONCEE
    if convention.ends_on < on:
        return Etat.ECHUE
    if convention.sent_on is None:
        return Etat.BROUILLON
    effective = convention.effective_on
    if effective is None:
        return Etat.A_SIGNER
    return Etat.A_VENIR if effective > on else Etat.EN_VIGUEUR


def remind_on(signature: Signature, sent_on: dt.date | None) -> dt.date | None:
    """Say when a missing signature is worth a reminder: two weeks after it was asked, or last reminded."""
    if signature.signed_on is not None or sent_on is None:
        return None
    return max(sent_on, signature.reminded_on or sent_on) + REMIND_AFTER
