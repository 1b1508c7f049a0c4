"""Where each thing that misses is mended: the page of a subject, for a year."""

import datetime as dt

from django.urls import NoReverseMatch, reverse

from clefdevoute.records.frais.facts import LigneAnnee

PAGES = {
    "entreprise": "entreprise",
    "accompagnateurs": "accompagnateurs",
    "comptes": "comptes",
    "factures": "factures",
    "cles": "cles",
    "tableaux": "tableaux",
    "justification": "subvention",
    "decompte": "justification",
    "de_minimis": "de_minimis",
}
_OF_A_YEAR = frozenset({"tableaux", "subvention", "justification"})
_STEPS = {
    "decompte_non_fige": "justification",
    "decompte_perime": "justification",
    "declaration_absente": "declaration",
    "declaration_perimee": "declaration",
    "declaration_non_signee": "declaration",
    "annee_pas_commencee": "justification",
    "annee_pas_finie": "justification",
}


def page(where: str, annee: dt.date) -> str:
    """Give the address of a subject, or nothing while its page is not there."""
    name = PAGES.get(where, "justification")
    return _reverse(name, annee)


def mend(code: str, where: str, annee: dt.date) -> str:
    """Give the address where one missing thing is mended: a step of this page, or its subject's page."""
    if code in _STEPS:
        anchor = "#h-envoi" if _STEPS[code] == "justification" else ""
        return f"{reverse(f'gestionnaire:{_STEPS[code]}', kwargs={'annee': annee})}{anchor}"
    return page(where, annee)


def source_page(line: LigneAnnee) -> str:
    """Give the page of the invoice or of the charge that a line comes from."""
    name, pk = ("facture", line.facture_id) if line.facture_id else ("charge", line.charge_id)
    try:
        return reverse(f"gestionnaire:{name}", kwargs={"pk": pk})
    except NoReverseMatch:
        return ""


def _reverse(name: str, annee: dt.date) -> str:
    try:
        return reverse(f"gestionnaire:{name}", kwargs={"annee": annee} if name in _OF_A_YEAR else {})
    except NoReverseMatch:
        return ""
