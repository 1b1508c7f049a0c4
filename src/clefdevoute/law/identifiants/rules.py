"""Identification numbers explained: valid or not, normal form, and why (droit § 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.registry import Fact, rule

from . import forms

NATIONAL_CHECK = "IBAN belge : la règle du contrôle national (reste par 97) est connue de façon générale, non lue."

Sorte = Literal["nn", "bis", "bce", "communication_structuree", "iban"]


@dataclass(frozen=True, slots=True)
class Identifiant:
    """A number as read: valid or not, how to keep it, how to show it."""

    valable: Annotated[bool, Fact("Le numéro est valable.")]
    forme_normale: Annotated[str | None, Fact("Le numéro tel qu'on le garde : sans séparateur.")] = None
    affichage: Annotated[str | None, Fact("Le numéro tel qu'on le montre.")] = None
    sorte: Annotated[Sorte | None, Fact("Ce que c'est : numéro national, BIS, BCE, communication, IBAN.")] = None
    motif: Annotated[str, Fact("Pourquoi il est refusé ; vide s'il est valable.")] = ""


def _explain(
    noun: str,
    text: str,
    read: Callable[[str], tuple[str, Sorte]],
    display: Callable[[str], str],
    doubts: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> Explained[Identifiant]:
    try:
        number, sorte = read(text)
    except forms.Refused as refusal:
        return Explained(
            value=Identifiant(valable=False, motif=str(refusal)),
            sentence=f"Ce {noun} est refusé : {refusal}. Recopiez-le du document d'origine.",
        )
    shown = display(number)
    name = "numéro BIS" if sorte == "bis" else noun
    return Explained(
        value=Identifiant(valable=True, forme_normale=number, affichage=shown, sorte=sorte),
        sentence=f"Ce {name} est valable ; il s'écrit {shown}.",
        doubts=doubts(number),
    )


def _niss(text: str) -> tuple[str, Sorte]:
    number, kind = forms.read_niss(text)
    return number, "bis" if kind == "bis" else "nn"


@rule("Ce numéro de registre national (NISS) ou ce numéro BIS est-il valable ?", "Numéro de registre national, clé 97")
def niss(
    *,
    numero: Annotated[str, Fact("Numéro tel qu'il a été écrit, avec ou sans séparateurs.", example="85.07.30-033.28")],
) -> Explained[Identifiant]:
    """Read a national or BIS number; a month above 12 is an error unless it is a BIS number."""
    return _explain("numéro national", numero, _niss, forms.niss_display)


@rule("Ce numéro d'entreprise (BCE) ou de TVA belge est-il valable ?", "Numéro d'entreprise (BCE), clé 97")
def bce(
    *,
    numero: Annotated[
        str, Fact("Numéro tel qu'il a été écrit, avec ou sans BE et séparateurs.", example="0123.456.749")
    ],
) -> Explained[Identifiant]:
    """Read an enterprise number of series 0 or 1; nine digits get their leading zero."""
    return _explain("numéro d'entreprise", numero, lambda text: (forms.read_bce(text), "bce"), forms.bce_display)


@rule("Cette communication structurée est-elle valable ?", "Communication structurée, clé 97")
def communication_structuree(
    *,
    communication: Annotated[
        str,
        Fact("Communication telle qu'elle a été écrite, avec ou sans +++ et barres.", example="+++090/9337/55493+++"),
    ],
) -> Explained[Identifiant]:
    """Read the twelve digits of a Belgian structured communication (a remainder of 0 is written 97)."""

    def read(text: str) -> tuple[str, Sorte]:
        return forms.read_communication(text), "communication_structuree"

    return _explain("numéro de communication structurée", communication, read, forms.communication_display)


@rule("Cet IBAN est-il valable ?", "ISO 13616")
def iban(
    *, numero: Annotated[str, Fact("IBAN tel qu'il a été écrit, espaces admis.", example="BE68 5390 0754 7034")]
) -> Explained[Identifiant]:
    """Read an IBAN of any country; the national check of a Belgian one is verified too."""
    return _explain(
        "numéro IBAN",
        numero,
        lambda text: (forms.read_iban(text), "iban"),
        forms.iban_display,
        lambda number: (NATIONAL_CHECK,) if number.startswith("BE") else (),
    )
