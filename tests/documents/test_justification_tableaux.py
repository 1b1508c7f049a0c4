"""Annexes 1 and 2 on paper: words, order and marks of the fiche; totals recomputed from what was given."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from clefdevoute.documents.justification.annexes import annexe, nom_du_mois
from clefdevoute.documents.justification.modele import Feuille, PieceIncoherente, Tableau
from clefdevoute.documents.justification.pdf import tableau_pdf
from clefdevoute.documents.justification.texte import montant
from clefdevoute.law.kernel.parameters import parameter_named

from .justification_samples import (
    CIVILE,
    EMISSION,
    ENTETE,
    QUINZE_MARS,
    cinq_feuilles,
    depense,
    feuille_a,
    feuille_b,
    lignes,
    lire,
)


def _aplati(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("’", "'"))


def _mots_de(feuille: Feuille) -> list[str]:
    """Every printed word of an annex in the order of the fiche, from the YAML alone."""
    form = annexe(feuille.tableau)
    mots = [form.annexe]
    mots += [champ.etiquette for champ in form.entete]
    mots += [form.titre_de(annee=feuille.annee, trimestre=feuille.trimestre), *form.colonnes]
    for charge in form.charges:
        mots += [charge.libelle, charge.comptes, *(nom_du_mois(3 * feuille.trimestre - 2 + n) for n in range(3))]
    mots += [form.total, form.telephones]
    mots += [mot for note in form.notes for mot in (note.marque, note.texte)]
    return [mot for mot in mots if mot]


@pytest.mark.parametrize("trimestre", [1, 2, 3, 4])
@pytest.mark.parametrize("faire", [feuille_a, feuille_b])
def test_an_empty_sheet_prints_every_word_of_the_fiche_in_its_order(faire, trimestre):
    feuille = faire({}, trimestre=trimestre)
    (page,) = lire(tableau_pdf([feuille], emission=EMISSION))
    reste = _aplati(page)
    for mot in _mots_de(feuille):
        _, trouve, reste = reste.partition(_aplati(mot))
        assert trouve, f"« {mot} » manque ou n’est pas à sa place"


@pytest.mark.shared(twin="test_tableau_b_word_for_word")
def test_the_words_are_those_of_the_shared_fiche(shared):
    fiche = (shared / "textes" / "fiche-explicative-06.txt").read_text(encoding="utf-8")
    # The text read has « l//des » where the form has an apostrophe, and leaves the quarter to be filled in.
    reste = _aplati(fiche[fiche.index("Annexe 1\n") :].replace("l//des", "l'/des"))
    for tableau in Tableau:
        form = annexe(tableau)
        mots = [form.annexe, *(c.etiquette + c.debut for c in form.entete), form.titre.format(t=1, aa=".....")]
        mots += form.colonnes
        for charge in form.charges:
            mots += [charge.libelle, charge.comptes, "Janvier", "Février", "Mars"]
        mots += [form.total, form.telephones, *(n.marque + n.texte for n in form.notes)]
        for mot in filter(None, mots):
            avant, trouve, reste = reste.partition(_aplati(mot))
            assert trouve, mot
            assert avant.strip(".") == "", f"la fiche a « {avant} » avant « {mot} »"


def test_the_law_and_the_form_name_the_same_rows():
    lignes_tableaux = parameter_named("accompagnement_social.lignes_tableaux").at(CIVILE.du).value
    for tableau in Tableau:
        loi = [(x["code"], x["comptes"]) for x in lignes_tableaux if x["tableau"] == tableau and x["ajoutee"] == "non"]
        assert loi == [(charge.code, charge.comptes) for charge in annexe(tableau).charges]


def test_the_five_sheets_of_a_year_that_starts_on_15_march(golden):
    feuilles = cinq_feuilles()
    assert [f.nom for f in feuilles] == ["A T1 2026", "A T2 2026", "A T3 2026", "A T4 2026", "A T1 2027"]
    pdf = tableau_pdf(feuilles, emission=EMISSION)
    assert len(PdfReader(BytesIO(pdf)).pages) == 5
    golden("justification_cinq_feuilles.txt", lignes(pdf))


def test_tableau_b_word_for_word(golden):
    golden("justification_tableau_b.txt", lignes(tableau_pdf([feuille_b({}, trimestre=4)], emission=EMISSION)))


def test_months_outside_the_year_are_struck_and_cut_months_say_their_days():
    premiere, *_, derniere = lire(tableau_pdf(cinq_feuilles(), emission=EMISSION))
    assert premiere.count("Janvier hors année") == premiere.count("Février hors année") == 6
    assert "Mars hors année" not in premiere
    assert premiere.count("Mars dès le 15") == 6
    assert "hors année" not in derniere
    assert derniere.count("Mars jusqu’au 14") == 6


def test_totals_are_those_of_the_input():
    feuilles = cinq_feuilles()
    for feuille, page in zip(feuilles, lire(tableau_pdf(feuilles, emission=EMISSION)), strict=True):
        attendu = sum((d.dedie for c in feuille.charges for m in c.mois for d in m.depenses), Decimal(0))
        assert f"TOTAL {montant(attendu)}" in page


def test_several_invoices_in_a_month_show_each_number_amount_key_and_their_sum():
    page = lire(tableau_pdf([cinq_feuilles()[1]], emission=EMISSION))[0]
    assert "EN-81022 612,80 15 % 91,92" in page
    assert "EN-81023 40,00 33,3333 % 13,33" in page
    assert "NC-0007 −112,80 15 % −16,92" in page
    assert "Somme de mai 540,00 88,33" in page


def test_own_accounts_stand_beside_or_instead_and_added_rows_are_flagged():
    page = lire(tableau_pdf([cinq_feuilles()[1]], emission=EMISSION))[0]
    assert "Loyer 611 compte EI : 611010" in page
    assert "Eau 612500" in page
    assert "6125 " not in page
    assert "Frais de missions hors déplacement ligne ajoutée 6130" in page


def test_three_hundred_lines_keep_their_order_and_repeat_the_header():
    nombreuses = [depense(f"F-{n:04d}", f"{n}.10", "0.25") for n in range(300)]
    pages = lire(tableau_pdf([feuille_a({("telephonie", 2): nombreuses})], emission=EMISSION))
    assert len(pages) > 5
    assert re.findall(r"F-\d{4}", " ".join(pages)) == [d.piece for d in nombreuses]
    titre = annexe(Tableau.A).titre_de(annee=2026, trimestre=1)
    with_rows = [page for page in pages if "F-0" in page]
    assert all(_aplati(titre) in _aplati(page) for page in with_rows)
    assert f"TOTAL {montant(sum((d.dedie for d in nombreuses), Decimal(0)))}" in " ".join(pages)


def test_more_lines_than_memory_allows_are_refused_with_what_to_do():
    trop = [depense(f"F-{n:05d}", "1.00") for n in range(4000)]
    with pytest.raises(PieceIncoherente, match="un trimestre à la fois"):
        tableau_pdf([feuille_a({("eau", 1): trop})], emission=EMISSION)


MARKUP = '#panic("x") $x^2$ @ref *b* _i_ `c` <label> // \\ [x] #include "/etc/passwd" </script>&amp; {{7*7}}'


def test_markup_in_names_is_shown_and_never_read():
    entete = ENTETE.__class__(nom=MARKUP, bce=MARKUP, dossier="#sys.inputs")
    page = lire(tableau_pdf([feuille_a({("eau", 1): [depense(MARKUP, "1.00")]}, entete=entete)], emission=EMISSION))[0]
    assert _aplati(page).count(_aplati(MARKUP)) >= 3
    assert "#sys.inputs" in page


@pytest.mark.parametrize(
    "nom", ["Zoë Ångström-Łódź", "Ελένη", "Иван", "محمد", "张伟", "🙂", "a\u202eb\x00c\u200bd", "x" * 400]
)
def test_any_name_prints_or_says_its_code_point(nom):
    entete = ENTETE.__class__(nom=nom, bce="0123.456.749", dossier="EI02")
    page = lire(tableau_pdf([feuille_a({}, entete=entete)], emission=EMISSION))[0]
    if nom == "张伟":
        assert "[U+5F20][U+4F1F]" in page
    if nom == "Zoë Ångström-Łódź":
        assert nom in page


def test_the_file_is_pdf_a_tagged_dated_and_in_belgian_french():
    reader = PdfReader(BytesIO(tableau_pdf([feuille_a({})], emission=EMISSION)))
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>3<", xmp)
    assert re.search(r"pdfaid:conformance>A<", xmp)
    assert re.search(r"pdfuaid:part>1<", xmp)
    assert root["/Lang"] == "fr-BE"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Frais de fonctionnement, tableau A – Ateliers du Tilleul SC"
    assert reader.metadata.creation_date.date() == EMISSION.le.date()
    assert [round(float(n)) for n in reader.pages[0].mediabox] == [0, 0, 595, 842]


def test_only_our_fonts_are_used_for_what_the_fiche_says():
    reader = PdfReader(BytesIO(tableau_pdf([feuille_a({("eau", 1): [depense("F1", "12.00")]})], emission=EMISSION)))
    names = {font.get_object()["/BaseFont"].split("+")[-1] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert names
    assert all(name.startswith(("AtkinsonHyperlegibleNext", "ClefTexte")) for name in names)


def test_the_same_data_give_the_same_bytes():
    assert tableau_pdf([feuille_a({})], emission=EMISSION) == tableau_pdf([feuille_a({})], emission=EMISSION)


def test_what_contradicts_itself_is_refused_with_what_to_do():
    with pytest.raises(PieceIncoherente, match="hors de l’année"):
        feuille_a({("loyer", 1): [depense("F1", "1.00")]}, annee=QUINZE_MARS)
    with pytest.raises(PieceIncoherente, match="pas de ligne"):
        feuille_a({("loyer", 4): [depense("F1", "1.00")]}, annee=CIVILE)
    with pytest.raises(PieceIncoherente, match="entre 0 et 1"):
        depense("F1", "1.00", "15")
    with pytest.raises(PieceIncoherente, match="au cent"):
        depense("F1", "1.001")
    with pytest.raises(PieceIncoherente, match="Aucune feuille"):
        tableau_pdf([], emission=EMISSION)
