"""Our own models, made by code: to use as they are, or to download and rewrite."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Docx


@dataclass(frozen=True, slots=True)
class Propre:
    """A model of ours: its code in addresses, its name, how it is made."""

    code: str
    nom: str
    faire: Callable[[], bytes]


def _saved(document: Docx) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _letter(title: str) -> Docx:
    document: Docx = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = title
    document.add_paragraph(
        "{{ entreprise.nom }}\n{{ entreprise.rue }}\n{{ entreprise.code_postal }} {{ entreprise.localite }}"
    )
    document.add_heading(title, level=1)
    return document


def attestation() -> bytes:
    """Make the attestation that a person is accompanied: dates, no content."""
    document = _letter("Attestation de suivi")
    document.add_paragraph(
        "Je soussigné(e), {{ accompagnateur.nom }}, accompagnateur social, atteste que {{ travailleur.prenom }} "
        "{{ travailleur.nom }}, né(e) le {{ travailleur.naissance }}, bénéficie d’un accompagnement social dans notre "
        "entreprise d’insertion depuis le {{ suivi.depuis }}."
    )
    document.add_paragraph(
        "{% if suivi.dernier_entretien %}Entretiens individuels réalisés à ce jour : {{ suivi.entretiens }}, le "
        "dernier le {{ suivi.dernier_entretien }}.{% endif %}"
    )
    document.add_paragraph("Fait à {{ entreprise.localite }}, le {{ aujourdhui_long }}.")
    document.add_paragraph("Signature :")
    return _saved(document)


def plan() -> bytes:
    """Make the page of objectives that a person takes home."""
    document = _letter("Mon plan")
    document.add_paragraph("{{ travailleur.prenom }} {{ travailleur.nom }}, le {{ aujourdhui }}")
    document.add_heading("Ce que je veux", level=2)
    document.add_paragraph("{%p for objectif in objectifs %}")
    document.add_paragraph("{{ objectif.titre }} ({{ objectif.horizon }}), à revoir le {{ objectif.echeance }}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("Ce qui est fait, ce qui reste à faire", level=2)
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    heads = ("Démarche", "Date", "Où elle en est")
    cells = ("{{ demarche.texte }}", "{{ demarche.date }}", "{{ demarche.statut }}")
    for column, (head, cell) in enumerate(zip(heads, cells, strict=True)):
        table.rows[0].cells[column].text = head
        table.rows[2].cells[column].text = cell
    table.rows[1].cells[0].text = "{%tr for demarche in demarches %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{{ accompagnateur.nom }}, {{ entreprise.telephone }}")
    return _saved(document)


PROPRES: dict[str, Propre] = {
    one.code: one
    for one in (
        Propre("attestation", "Attestation de suivi", attestation),
        Propre("plan", "Mon plan, à remettre à la personne", plan),
    )
}
"""Our models by their code."""
