"""The attendance sheet read back from its PDF: it fits where it should, and nobody certifies an empty page."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from clefdevoute.documents.feuille import Emission
from clefdevoute.documents.seances.presence import Presences, presence_pdf

EMISSION = Emission(le=dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC), par="Hélène Marsoul")


def pages(count):
    sheet = Presences(
        entreprise="Ateliers du Tilleul SC",
        titre="Objectifs 2027 de l’entreprise",
        debut=dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC),
        fin=dt.datetime(2026, 11, 20, 11, 30, tzinfo=dt.UTC),
        lieu="Réfectoire",
        accompagnateur="Hélène Marsoul",
        objets=("Entretien collectif", "Objectifs et stratégie de l’entreprise"),
        personnes=[f"Personne Numéro{n}" for n in range(1, count + 1)],
    )
    read = PdfReader(BytesIO(presence_pdf(sheet, emission=EMISSION)))
    return [" ".join(page.extract_text().split()) for page in read.pages]


def test_twelve_persons_sign_on_one_page():
    (page,) = pages(12)
    assert "Numéro12" in page
    assert "Je certifie la présence" in page


@pytest.mark.parametrize("count", range(13, 22))
def test_who_held_the_seance_never_certifies_a_page_without_a_line_to_sign(count):
    last = pages(count)[-1]
    assert "Je certifie la présence" in last
    assert all(f" {count + blank} " in f" {last} " for blank in (1, 2, 3)), "the blank lines stay with it"
