"""The person's copy and the dossier on paper, read back from their PDF."""

import dataclasses
import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from clefdevoute.documents.justification.modele import Emission
from clefdevoute.documents.suivi.bilan import Copie, Point, copie_pdf
from clefdevoute.documents.suivi.dossier import DossierPapier, Fait, Section, dossier_pdf
from clefdevoute.documents.suivi.sections import SECTIONS

EMISSION = Emission(le=dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC), par="Hélène Marsoul")
COPIE = Copie(
    entreprise="Ateliers du Tilleul SC",
    nom="Samira Boisclair",
    le=dt.date(2026, 11, 23),
    avec="Hélène Marsoul",
    code="7F3K-2Q9M",
    va_bien=(Point("Compétences", "en bonne voie", "Devenir responsable de coupe."),),
    a_construire=(Point("Logement", "fragile", "Un studio.", frein=True), Point("Mobilité", "à construire", "")),
)


def read(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_copy_is_one_page_with_room_to_disagree_and_its_code():
    (page,) = read(copie_pdf(COPIE, emission=EMISSION))
    for said in (
        "Mon bilan",
        "Samira Boisclair",
        "7F3K-2Q9M",
        "Ce qui va bien",
        "Je souhaite",
        "frein pour travailler",
    ):
        assert said in page
    for said in ("Je suis d’accord", "D’accord en partie", "Pas d’accord", "Je peux ne pas signer", "Signature"):
        assert said in page


def test_eleven_domains_still_make_one_page_and_long_wishes_a_second_whole():
    many = tuple(Point(f"Domaine numéro {n}", "à construire", "Un souhait court.") for n in range(11))
    assert len(read(copie_pdf(dataclasses.replace(COPIE, va_bien=(), a_construire=many), emission=EMISSION))) == 1
    long = "Je voudrais un logement à moi. " * 40
    pages = read(
        copie_pdf(dataclasses.replace(COPIE, a_construire=(Point("Logement", "fragile", long),)), emission=EMISSION)
    )
    assert len(pages) == 2
    assert "page 2" in pages[0]
    assert pages[1].count("un logement à moi") == 40


def test_what_was_signed_is_on_the_copy():
    signed = dataclasses.replace(
        COPIE,
        avis="Pas d’accord",
        mots="Je sais déjà lire un plan.",
        avis_le=dt.date(2026, 11, 23),
        phrase="Je signe : j’ai lu, et je ne suis pas d’accord.",
        traits=("M100 200L300 100L500 300",),
    )
    pdf = copie_pdf(signed, emission=EMISSION)
    (page,) = read(pdf)
    for said in ("Pas d’accord", "Je sais déjà lire un plan.", "j’ai lu, et je ne suis pas d’accord"):
        assert said in page
    assert copie_pdf(dataclasses.replace(signed, traits=()), emission=EMISSION) != pdf


def test_what_a_person_typed_is_shown_and_never_set_as_markup():
    odd = '#import "x"; $ x^2 $ *gras* _i_ \\ {"a": 1} <b>'
    copie = dataclasses.replace(COPIE, a_construire=(Point("Logement", "fragile", odd),))
    (page,) = read(copie_pdf(copie, emission=EMISSION))
    assert '#import "x"' in page
    assert "*gras*" in page


DOSSIER = DossierPapier(
    entreprise="Ateliers du Tilleul SC",
    nom="Samira Boisclair",
    naissance=dt.date(1994, 9, 4),
    pour="Pour la personne",
    sections=(
        Section("Bilan individuel", (Fait("26/01/2026", "Bilan, d’accord", "Logement : fragile\nMobilité : acquis"),)),
        Section("Objectifs"),
        Section("Santé", (Fait("26/01/2026", "Bilan", "Mal au dos."),), sante=True),
    ),
    absentes=("Démarches", "notes privées"),
)


def test_a_dossier_says_its_sections_its_date_and_what_is_left_out():
    (page,) = read(dossier_pdf(DOSSIER, emission=EMISSION))
    for said in (
        "Samira Boisclair",
        "04/09/1994",
        "Établi le 23 novembre 2026 par Hélène Marsoul",
        "Logement : fragile",
        "Rien à ce jour.",
        "Compartiment santé",
        "Démarches, notes privées",
        "Date et signature",
    ):
        assert said in page.replace("\u00a0", " ")


@pytest.mark.parametrize("count", range(14, 34))
def test_signatures_never_stand_alone_on_a_page(count):
    facts = tuple(Fait("26/01/2026", f"Entretien numéro {n}", "Un mot.") for n in range(count))
    long = dataclasses.replace(DOSSIER, sections=(Section("Entretiens de suivi", facts), Section("Consentements")))
    last = read(dossier_pdf(long, emission=EMISSION))[-1]
    assert "Date et signature" in last
    assert "Consentements" in last


def test_the_same_dossier_gives_the_same_bytes():
    assert dossier_pdf(DOSSIER, emission=EMISSION) == dossier_pdf(DOSSIER, emission=EMISSION)


def test_health_is_the_last_section_and_private_notes_are_none():
    assert list(SECTIONS)[-1] == "sante"
    assert "privée" not in " ".join(title.lower() for title, _ in SECTIONS.values())
