"""
The fields of a packet as the person reads them, in her language, each with what it would say.

The codes and their order are the law's own list (P26): a field that is not there cannot be made here.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from clefdevoute.documents import metiers
from clefdevoute.documents.forem.paroles import DES, RAYON, dans
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau.forem import champs_admis
from clefdevoute.records.reseau.models import ProfilForem

URIS = "metiers_uri"
"""Beside the wished occupations, their addresses, for who reads the JSON with a machine."""

LANGUES = (
    ("fr", gettext_lazy("français")),
    ("nl", gettext_lazy("néerlandais")),
    ("de", gettext_lazy("allemand")),
    ("en", gettext_lazy("anglais")),
    ("ar", gettext_lazy("arabe")),
    ("es", gettext_lazy("espagnol")),
    ("it", gettext_lazy("italien")),
    ("pt", gettext_lazy("portugais")),
    ("ro", gettext_lazy("roumain")),
    ("pl", gettext_lazy("polonais")),
    ("bg", gettext_lazy("bulgare")),
    ("ru", gettext_lazy("russe")),
    ("uk", gettext_lazy("ukrainien")),
    ("tr", gettext_lazy("turc")),
    ("fa", gettext_lazy("persan")),
    ("ps", gettext_lazy("pachto")),
    ("ti", gettext_lazy("tigrigna")),
    ("so", gettext_lazy("somali")),
    ("ln", gettext_lazy("lingala")),
    ("sw", gettext_lazy("swahili")),
    ("wo", gettext_lazy("wolof")),
    ("autre", gettext_lazy("autre langue")),
)
NIVEAUX = (
    ("notions", gettext_lazy("notions")),
    ("moyen", gettext_lazy("moyen")),
    ("bon", gettext_lazy("bon")),
    ("maternelle", gettext_lazy("langue maternelle")),
)


Say = Callable[[Any], str]
Reader = Callable[[Travailleur, ProfilForem | None, Say], list[str]]


@dataclass(frozen=True, slots=True)
class Champ:
    """One field: its code of the law, its name, and the lines it would send; no line, nothing to send."""

    code: str
    libelle: str
    valeurs: tuple[str, ...]


def champs(
    travailleur: Travailleur, profil: ProfilForem | None, *, on: dt.date, language: str = "fr"
) -> tuple[Champ, ...]:
    """Draw every field that the law admits on a day, in the person's language, in the law's order."""

    def say(words: Any) -> str:
        return dans(str(words), language)

    return tuple(
        Champ(code, say(label), tuple(_READERS[code](travailleur, profil, say)) if code in _READERS else ())
        for code, label in champs_admis(on)
    )


def paquet_de(found: Iterable[Champ], profil: ProfilForem | None) -> dict[str, list[str]]:
    """Give what may be frozen: the lines of each field that has some, and the addresses of the occupations."""
    packet = {champ.code: list(champ.valeurs) for champ in found if champ.valeurs}
    if profil is not None and "metiers_souhaites" in packet:
        packet[URIS] = list(profil.wanted)
    return packet


def _nom(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    return [f"{person.first_name} {person.name}"]


def _contact(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    place = f"{person.postal_code} {person.city}".strip()
    return [line for line in (person.phone, person.email, person.street, place) if line]


def _langues(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    names, levels = dict(LANGUES), dict(NIVEAUX)
    return [
        f"{say(names.get(one['langue'], one['langue']))} ({say(levels.get(one['niveau'], one['niveau']))})"
        for one in (profil.languages if profil else [])
    ]


def _permis(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    labels = dict(ProfilForem.Permis.choices)
    return [say(labels[code]) for code in (profil.permits if profil else []) if code in labels]


def _texte(name: str) -> Reader:
    def read(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
        text: Any = getattr(profil, name) if profil else ""
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

    return read


def _souhaits(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    return [metiers.libelle(uri) for uri in (profil.wanted if profil else [])]


def _mobilite(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    if profil is None:
        return []
    labels = dict(ProfilForem.Mobilite.choices)
    lines = [say(labels[code]) for code in profil.mobility if code in labels]
    if profil.radius_km is not None:
        lines.append(say(RAYON).format(km=profil.radius_km))
    return lines


def _disponibilite(person: Travailleur, profil: ProfilForem | None, say: Say) -> list[str]:
    if profil is None:
        return []
    lines = []
    if profil.available_on is not None:
        lines.append(say(DES).format(jour=f"{profil.available_on:%d/%m/%Y}"))
    if profil.regime:
        lines.append(say(profil.get_regime_display()))
    return lines + _texte("hours_note")(person, profil, say)


_READERS: dict[str, Reader] = {
    "nom": _nom,
    "contact": _contact,
    "langues": _langues,
    "permis": _permis,
    "experience": _texte("experience"),
    "titres": _texte("titles"),
    "metiers_souhaites": _souhaits,
    "mobilite": _mobilite,
    "disponibilite": _disponibilite,
}
