"""The sworn statement, the explained décompte, the list of pieces and the receipt, read back from their PDF."""

import dataclasses
import datetime as dt
import hashlib
import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from clefdevoute.documents.explications import doubt_words
from clefdevoute.documents.justification.modele import (
    Accuse,
    AideDeMinimis,
    Declaration,
    DeMinimis,
    PieceIncoherente,
    PieceListee,
)
from clefdevoute.documents.justification.pdf_declaration import declaration_pdf
from clefdevoute.documents.justification.pdf_decompte import decompte_pdf
from clefdevoute.documents.justification.pdf_pieces import accuse_pdf, pieces_pdf
from clefdevoute.law.kernel.codec import read_facts, to_json
from clefdevoute.law.kernel.parameters import LAW_ROOT, load_yaml
from clefdevoute.law.kernel.registry import rule_named

from .justification_samples import EMISSION, ENTETE, QUINZE_MARS, lignes, lire
from .test_justification_tableaux import MARKUP, _aplati

DE_MINIMIS = DeMinimis(
    reglement="règlement (UE) 2023/2832",
    plafond=Decimal("750000.00"),
    fenetre="entre le 1er mars 2023 et le 1er mars 2026",
    aides=(
        AideDeMinimis(
            le=dt.date(2025, 3, 1), autorite="Région wallonne", base="Mandat S.I.E.G.", montant=Decimal("50000.00")
        ),
        AideDeMinimis(
            le=dt.date(2024, 6, 12), autorite="Commune", base="Règlement (UE) 2023/2831", montant=Decimal("4500.00")
        ),
    ),
    total=Decimal("54500.00"),
)
DECLARATION = Declaration(
    entete=ENTETE,
    annee=QUINZE_MARS,
    accompagnateurs=("Amélie Dufrasne", "Tom Peeters"),
    subvention=Decimal("50000.00"),
    cout_salarial=Decimal("46180.00"),
    frais_tableau_a=Decimal("8702.96"),
    frais_tableau_b=None,
    frais_retenus=Decimal("3820.00"),
    total_justifie=Decimal("50000.00"),
    de_minimis=DE_MINIMIS,
    autres_aides=("points APE",),
)


def test_the_statement_says_its_words_and_leaves_room_to_sign(golden):
    pdf = declaration_pdf(DECLARATION, emission=EMISSION)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    golden("justification_declaration.txt", lignes(pdf))


def test_the_statement_names_every_amount_and_its_own_origin():
    (page,) = lire(declaration_pdf(DECLARATION, emission=EMISSION))
    for mots in ("46.180,00 €", "8.702,96 €", "3.820,00 €", "50.000,00 €", "54.500,00 €", "750.000,00 €"):
        assert mots in page
    for mots in ("Modèle de Clef de voûte", "Fait à", "Nom et prénom", "Qualité", "Signature manuscrite", "originale"):
        assert mots in page
    assert "tableau B" not in page


def test_without_figures_of_aid_the_place_is_left_to_fill_in():
    (page,) = lire(declaration_pdf(dataclasses.replace(DECLARATION, de_minimis=None), emission=EMISSION))
    assert "aides de minimis" in page
    assert "……" in page
    assert "750.000" not in page


def test_a_statement_with_markup_in_every_field_shows_it():
    piegee = dataclasses.replace(
        DECLARATION, accompagnateurs=(MARKUP,), signataire=MARKUP, qualite="{0.__class__}", autres_aides=(MARKUP,)
    )
    text = _aplati(" ".join(lire(declaration_pdf(piegee, emission=EMISSION))))
    assert text.count(_aplati(MARKUP)) == 3
    assert "{0.__class__}" in text


DOUTE = "Lecture A7 : les déplacements sont dans la base des 15 %."
EXPLIQUE = {
    "rule": "accompagnement_social.decompte_d_avant",
    "value": {},
    "sentence": "Le solde est de 10.000,00 €.",
    "facts": {"debut": "2026-03-15", "accorde": "50000.00", "provisoire": False},
    "law": [
        {
            "parameter": "x",
            "value": "0.8",
            "since": "2017-06-30",
            "title": "AGW du 24 mai 2017, art. 21, 1°",
            "link": "http://atoutei.be/-Accompagnement-social,56-.html",
            "doubt": "",
        }
    ],
    "because": [
        {
            "rule": "accompagnement_social.plafond_d_avant",
            "value": "6927.00",
            "sentence": "Les frais sont plafonnés à 6.927,00 €.",
            "facts": {"lignes": [{"piece": f"F-{n}", "montant": "10.50"} for n in range(30)]},
            "law": [],
            "because": [
                {
                    "rule": "",
                    "value": "1",
                    "sentence": "Le coût salarial est de 46.180,00 €.",
                    "facts": {"aides": [], "fin": None},
                    "law": [],
                    "because": [],
                    "doubts": [DOUTE],
                }
            ],
            "doubts": [DOUTE],
        }
    ],
    "doubts": [DOUTE, "Lecture A2 : aucun texte ne donne la date de comptage."],
}


def _decompte(explique=EXPLIQUE, **reste) -> bytes:
    return decompte_pdf(explique, entete=ENTETE, annee=QUINZE_MARS, emission=EMISSION, **reste)


def test_persons_and_invoices_are_counted_and_only_the_seat_copy_lists_them():
    (envoye,) = lire(_decompte())
    assert "30 éléments, gardés au siège" in envoye
    assert "F-7" not in envoye
    garde = " ".join(lire(_decompte(detail=True)))
    assert all(f"F-{n} · 10,50" in garde for n in range(30))


def _as_json(value):
    """Turn the facts of a worked case into the JSON a caller would send."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and "." not in str(value) else f"{value:f}"
    return value


def test_a_real_explanation_says_its_facts_in_french_and_names_no_worker():
    (cas, *_) = load_yaml(LAW_ROOT / "accompagnement_social" / "cases" / "decompte.yaml")
    regle = rule_named("accompagnement_social.decompte")
    reponse = regle.function(**read_facts(regle, _as_json(cas["facts"])))
    page = " ".join(lire(_decompte(to_json(reponse))))
    assert _aplati(reponse.sentence) in _aplati(page)
    assert "malade" not in page
    assert "dès 8 : 25.000" in page
    for doute in reponse.doubts:
        assert _aplati(doubt_words(doute)) in _aplati(page)


def test_the_decompte_prints_the_tree_in_its_order(golden):
    golden("justification_decompte.txt", lignes(_decompte()))


def test_each_doubt_stands_once_where_it_is_born():
    (page,) = lire(_decompte())
    assert page.count("Lecture A7") == page.count("Lecture A2") == 1
    assert page.index("46.180,00 €") < page.index("Lecture A7")


def test_a_deep_tree_still_prints():
    noeud = dict(EXPLIQUE, because=[])
    for _ in range(40):
        noeud = dict(EXPLIQUE, because=[noeud])
    assert len(lire(_decompte(noeud))) > 1


def test_what_is_not_an_explanation_is_refused():
    with pytest.raises(PieceIncoherente, match="il manque because"):
        _decompte({"rule": "", "sentence": "", "facts": {}, "law": [], "doubts": []})


def _pieces() -> tuple[PieceListee, ...]:
    return tuple(
        PieceListee(
            numero=n,
            fichier=f"{n:02d}-compte-individuel-202{n}-amelie-dufrasne.pdf",
            genre="compte_individuel",
            titre=f"Compte individuel 202{n}, Amélie Dufrasne",
            octets=34_567 * n,
            sha256=hashlib.sha256(bytes([n])).hexdigest(),
            mention="Provisoire" if n == 2 else "",
        )
        for n in (1, 2)
    )


def test_the_list_shows_each_file_with_its_whole_fingerprint():
    (page,) = lire(pieces_pdf(_pieces(), entete=ENTETE, annee=QUINZE_MARS, emission=EMISSION, remarques=["Sans B."]))
    for piece in _pieces():
        assert piece.sha256 in page.replace(" ", "")
        assert piece.fichier in _aplati(page)
        assert piece.titre in page
    assert "Provisoire" in page
    assert "Sans B." in page
    assert "Les factures et les feuilles de route restent au siège" in page


def test_the_receipt_names_the_file_its_fingerprint_the_hour_and_what_is_left_to_do():
    accuse = Accuse(
        entete=ENTETE,
        annee=QUINZE_MARS,
        fichier="justification-ei02-0147-2026-03-15.zip",
        octets=1_234_567,
        sha256="0123456789abcdef" * 4,
        pieces=_pieces(),
        envoi="formulaire en ligne",
        reste_a_faire=("l’original signé.",),
    )
    (page,) = lire(accuse_pdf(accuse, emission=EMISSION))
    assert accuse.sha256 in page.replace(" ", "")
    assert "justification-ei02-0147-2026-03-15.zip" in _aplati(page)
    assert "le 23/11/2026 à 14:32, par Bruno Lanterre" in page
    assert "Reste à faire : l’original signé." in page
    assert "1,2 Mo" in page


@pytest.mark.parametrize("faire", [_decompte, lambda: declaration_pdf(DECLARATION, emission=EMISSION)])
def test_these_pieces_are_pdf_a_and_accessible_too(faire):
    xmp = PdfReader(BytesIO(faire())).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>3<.*pdfaid:conformance>A<", xmp, re.S)
    assert re.search(r"pdfuaid:part>1<", xmp)


def test_the_decompte_speaks_french_and_names_each_value_of_the_law():
    (cas, *_) = load_yaml(LAW_ROOT / "accompagnement_social" / "cases" / "decompte.yaml")
    regle = rule_named("accompagnement_social.decompte")
    answer = regle.function(**read_facts(regle, _as_json(cas["facts"])))
    said = " ".join(" ".join(lire(_decompte(to_json(answer)))).replace("\u00a0", " ").replace("'", "’").split())
    assert "Part de la subvention versée en avance : 80 %" in said
    codes = r"\b(contrat recu|demi superieur|date reference|accord avant depart|solde precedent|octroi le)\b"
    assert re.findall(codes, said) == []
    assert re.findall(r"Droit : (?:oui|non|[\d.,]+|vers le bas),", said) == []
    assert re.findall(r"À vérifier\. \w+\.\w+ :", said) == []
    assert "0.5 au" not in said
