"""Where each thing that misses is mended: the page of a subject, for a year."""

import datetime as dt

from django.urls import reverse

from clefdevoute.records.frais.facts import LigneAnnee

PAGES = {
    "entreprise": "entreprise",
    "accompagnateurs": "accompagnateurs",
    "comptes": "comptes",
    "trajets": "trajets",
    "factures": "factures",
    "tableaux": "tableaux",
    "justification": "subvention",
    "decompte": "justification",
    "de_minimis": "de_minimis",
    "travailleurs": "travailleurs",
}
"""The page of each word that ``manque`` says in ``where``."""

OF_A_YEAR = frozenset({"tableaux", "trajets", "subvention", "justification", "declaration"})
STEPS = {
    "decompte_non_fige": "justification",
    "decompte_perime": "justification",
    "declaration_absente": "declaration",
    "declaration_perimee": "declaration",
    "declaration_non_signee": "declaration",
    "annee_pas_commencee": "justification",
    "annee_pas_finie": "justification",
}
"""What is mended by a step of the sending rather than on its subject's page."""


def page(where: str, annee: dt.date) -> str:
    """Give the address of a subject."""
    return _address(PAGES[where], annee)


def mend(code: str, where: str, annee: dt.date) -> str:
    """Give the address where one missing thing is mended: a step of the sending, or its subject's page."""
    step = STEPS.get(code)
    if step is None:
        return page(where, annee)
    return f"{_address(step, annee)}{'#h-envoi' if step == 'justification' else ''}"


def source_page(line: LigneAnnee) -> str:
    """Give the page of the invoice or of the charge that a line comes from."""
    name, pk = ("facture", line.facture_id) if line.facture_id else ("charge", line.charge_id)
    return reverse(f"gestionnaire:{name}", kwargs={"pk": pk})


def _address(name: str, annee: dt.date) -> str:
    return reverse(f"gestionnaire:{name}", kwargs={"annee": annee} if name in OF_A_YEAR else {})
