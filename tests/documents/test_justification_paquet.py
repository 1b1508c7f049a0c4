"""The package: what it holds, what it refuses, and what its check finds."""

import hashlib
import io
import json
import zipfile

import pytest

from clefdevoute.documents.justification.classeur_ods import classeur_ods
from clefdevoute.documents.justification.classeur_xlsx import classeur_xlsx
from clefdevoute.documents.justification.modele import PieceIncoherente
from clefdevoute.documents.justification.paquet import Genre, Piece, assembler, verifier
from clefdevoute.documents.justification.pdf import tableau_pdf

from .justification_samples import EMISSION, ENTETE, QUINZE_MARS, cinq_feuilles, feuille_a, feuille_b, lire

PDF = b"%PDF-1.7\n%%EOF\n"


def _compte(nom: str = "Amélie Dufrasne", annee: int = 2026, **reste) -> Piece:
    return Piece(
        genre=Genre.COMPTE_INDIVIDUEL, contenu=PDF + nom.encode(), accompagnateur=nom, annee_civile=annee, **reste
    )


def _pieces() -> list[Piece]:
    return [
        Piece(genre=Genre.DECLARATION, contenu=PDF + b"declaration"),
        Piece(genre=Genre.TABLEAU_B, contenu=tableau_pdf([feuille_b({})], emission=EMISSION)),
        Piece(genre=Genre.TABLEAU_A, contenu=tableau_pdf(cinq_feuilles(), emission=EMISSION)),
        _compte(annee=2027, provisoire=True),
        _compte(),
        _compte(nom="Łukasz D'Haene / ../etc"),
        Piece(genre=Genre.DECOMPTE, contenu=PDF + b"decompte"),
        Piece(genre=Genre.CLASSEUR_ODS, contenu=classeur_ods([feuille_a({})], emission=EMISSION)),
        Piece(genre=Genre.CLASSEUR_XLSX, contenu=classeur_xlsx([feuille_a({})], emission=EMISSION)),
    ]


def _assembler(pieces, **reste):
    return assembler(pieces, entete=ENTETE, annee=QUINZE_MARS, emission=EMISSION, **reste)


def _ouvrir(contenu: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def _refaire(fichiers: dict[str, bytes]) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, contenu in fichiers.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


ATTENDUS = [
    "00-liste-des-pieces.pdf",
    "01-compte-individuel-2026-amelie-dufrasne.pdf",
    "02-compte-individuel-2026-ukasz-d-haene-etc.pdf",
    "03-compte-individuel-2027-amelie-dufrasne.pdf",
    "04-tableau-a.pdf",
    "05-tableau-b.pdf",
    "06-declaration-sur-l-honneur.pdf",
    "07-decompte.pdf",
    "08-classeur-xlsx.xlsx",
    "09-classeur-ods.ods",
    "pieces.json",
]


def test_the_zip_holds_exactly_the_listed_pieces_in_order():
    paquet = _assembler(_pieces())
    fichiers = _ouvrir(paquet.contenu)
    assert list(fichiers) == ATTENDUS
    index = json.loads(fichiers["pieces.json"])
    assert [p["fichier"] for p in index["pieces"]] == ATTENDUS[1:-1]
    for piece in index["pieces"]:
        assert hashlib.sha256(fichiers[piece["fichier"]]).hexdigest() == piece["sha256"]
        assert len(fichiers[piece["fichier"]]) == piece["octets"]
    assert paquet.sha256 == hashlib.sha256(paquet.contenu).hexdigest()
    assert paquet.nom == "justification-ei02-0147-2026-03-15.zip"
    assert verifier(paquet.contenu) == ()


def test_the_printed_list_names_the_same_pieces_and_fingerprints():
    paquet = _assembler(_pieces())
    texte = " ".join(lire(_ouvrir(paquet.contenu)["00-liste-des-pieces.pdf"])).replace(" ", "")
    for piece in paquet.pieces:
        assert piece.sha256 in texte
        assert piece.fichier in texte
    assert "Provisoire:l’année2027n’estpasclose" in texte


def test_the_same_pieces_in_any_order_give_the_same_bytes():
    assert _assembler(_pieces()).contenu == _assembler(list(reversed(_pieces()))).contenu


@pytest.mark.parametrize("mot", ["facture", "feuille_de_route", "note", "cle_de_repartition"])
def test_there_is_no_kind_for_what_stays_at_the_seat(mot):
    with pytest.raises(ValueError, match=mot):
        Piece(genre=mot, contenu=PDF)
    assert not any("facture" in genre or "route" in genre for genre in Genre)


@pytest.mark.parametrize(
    ("retire", "phrase"),
    [
        (Genre.COMPTE_INDIVIDUEL, "Il manque un compte individuel"),
        (Genre.DECLARATION, "Déclaration sur l’honneur"),
        (Genre.DECOMPTE, "Décompte"),
        (Genre.TABLEAU_A, "Il manque le tableau A"),
    ],
)
def test_an_incomplete_package_is_refused(retire, phrase):
    with pytest.raises(PieceIncoherente, match=phrase):
        _assembler([piece for piece in _pieces() if piece.genre is not retire])


def test_the_tables_may_be_absent_when_the_law_says_why():
    raison = "Le coût salarial suffit : aucun tableau n’est demandé."
    sans = [p for p in _pieces() if p.genre in {Genre.COMPTE_INDIVIDUEL, Genre.DECLARATION, Genre.DECOMPTE}]
    paquet = _assembler(sans, dispense_tableau=raison)
    assert raison in " ".join(lire(_ouvrir(paquet.contenu)["00-liste-des-pieces.pdf"]))
    with pytest.raises(PieceIncoherente, match="B est là sans le tableau A"):
        _assembler([p for p in _pieces() if p.genre is not Genre.TABLEAU_A], dispense_tableau=raison)


def test_a_file_of_another_type_or_given_twice_is_refused():
    with pytest.raises(PieceIncoherente, match="n’est pas un fichier PDF"):
        Piece(genre=Genre.DECLARATION, contenu=b"<Invoice/>")
    with pytest.raises(PieceIncoherente, match="n’est pas un fichier XLSX"):
        Piece(genre=Genre.CLASSEUR_XLSX, contenu=classeur_ods([feuille_a({})], emission=EMISSION))
    with pytest.raises(PieceIncoherente, match="nomme son accompagnateur"):
        Piece(genre=Genre.COMPTE_INDIVIDUEL, contenu=PDF)
    with pytest.raises(PieceIncoherente, match="en double"):
        _assembler([*_pieces(), Piece(genre=Genre.DECOMPTE, contenu=PDF)])
    with pytest.raises(PieceIncoherente, match="deux fois"):
        _assembler([*_pieces(), _compte()])


def test_the_check_names_what_was_changed_removed_or_slipped_in():
    fichiers = _ouvrir(_assembler(_pieces()).contenu)
    assert verifier(_refaire(fichiers)) == ()
    change = verifier(_refaire({**fichiers, "04-tableau-a.pdf": fichiers["04-tableau-a.pdf"] + b" "}))
    assert change == ("04-tableau-a.pdf : le contenu a changé depuis la liste.",)
    ajoute = verifier(_refaire({**fichiers, "facture.pdf": PDF}))
    assert ajoute == ("facture.pdf : pas dans la liste des pièces.",)
    retire = verifier(_refaire({nom: c for nom, c in fichiers.items() if nom != "07-decompte.pdf"}))
    assert retire == ("07-decompte.pdf : absent du paquet.",)


def test_the_check_of_what_is_no_package_answers_and_does_not_break():
    (phrase,) = verifier(b"n'importe quoi")
    assert "ZIP" in phrase
    (phrase,) = verifier(_refaire({"a.pdf": PDF}))
    assert "pieces.json" in phrase
    (phrase,) = verifier(_refaire({"pieces.json": b'{"liste": {}, "pieces": 3}'}))
    assert "pieces.json" in phrase
    (phrase,) = verifier(_refaire({f"{n}.pdf": b"" for n in range(300)}))
    assert "trop gros" in phrase


def test_a_damaged_byte_inside_a_piece_is_seen():
    sans = [p for p in _pieces() if p.genre in {Genre.COMPTE_INDIVIDUEL, Genre.DECLARATION, Genre.DECOMPTE}]
    contenu = _assembler(sans, dispense_tableau="Sans tableau.").contenu
    for n in range(2000, 12_000, 500):
        assert verifier(contenu[:n] + bytes([contenu[n] ^ 0xFF]) + contenu[n + 1 :]) != ()
