"""Models of an enterprise: filled, escaped, refused with the tag and the place, bounded in time and size."""

import io
import zipfile

import pytest
from docx import Document

from clefdevoute.documents.suivi import modeles, rendu
from clefdevoute.documents.suivi.balises import BALISES, EXEMPLES, LISTES, exemple
from clefdevoute.documents.suivi.fermeture import Ferme, Refuse, check
from clefdevoute.documents.suivi.modeles import ModeleRefuse, remplir, verifier
from clefdevoute.documents.suivi.propres import PROPRES


def docx(*paragraphs, header="", table=()):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for row in table:
        document.add_table(rows=1, cols=1).rows[0].cells[0].text = row
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_model_is_filled_and_what_was_typed_is_never_read_as_a_tag():
    values = exemple() | {"travailleur": {"prenom": "<b>Éva</b> {{ 7*7 }}", "nom": "Boisclair & fille"}}
    filled = words(remplir(docx("{{ travailleur.prenom }} {{ travailleur.nom|upper }}"), values))
    assert filled.strip() == "<b>Éva</b> {{ 7*7 }} BOISCLAIR & FILLE"


def test_a_header_a_loop_and_a_condition_are_filled():
    content = docx(
        "{% for objectif in objectifs %}{{ loop.index }}. {{ objectif.titre }} {% endfor %}",
        "{% if contrat.fin %}jusqu’au {{ contrat.fin }}{% else %}sans terme{% endif %}",
        header="{{ entreprise.nom }}",
    )
    filled = remplir(content, exemple())
    assert "1. Obtenir une place en crèche" in words(filled)
    assert "jusqu’au 11/01/2027" in words(filled)
    assert Document(io.BytesIO(filled)).sections[0].header.paragraphs[0].text == "Ateliers du Tilleul SC"


@pytest.mark.parametrize("code", PROPRES)
def test_our_own_models_hold_what_they_promise(code):
    content = PROPRES[code].faire()
    verifier(content, f"{code}.docx")
    filled = words(remplir(content, exemple()))
    assert "Samira" in filled
    assert "{" not in filled


def test_every_documented_tag_is_filled():
    content = docx(*(f"[{{{{ {path} }}}}]" for path in BALISES))
    filled = words(remplir(content, exemple()))
    for _, example in BALISES.values():
        assert f"[{example}]" in filled
    assert {name: set(rows[0]) for name, rows in EXEMPLES.items()} == {n: set(f) for n, (_, f) in LISTES.items()}


REFUSED = [
    ("Cher {{ travailleur.prenon }},", ["travailleur.prenon", "Vouliez-vous « travailleur.prenom »", "près de « Cher"]),
    ("{{ travailleur }}", ["dit un groupe", "travailleur.nom"]),
    ("{{ secret }}", ["« secret » n’existe pas"]),
    ("Bonjour {% if contrat.fin %} et voilà", ["jamais fermée"]),
    ("Bonjour {{ travailleur.nom }, voilà", ["mal écrite"]),
    ("{% for x in objectif %}{% endfor %}", ["n’est pas une liste", "objectifs"]),
    ("{% for x in objectifs %}{{ x.titr }}{% endfor %}", ["x.titr", "x.titre"]),
    ("{{ travailleur.nom.__class__.__mro__ }}", ["n’existe pas"]),
    ("{{ 'x' * 1000000000 }}", ["ne calcule et n’appelle rien"]),
    ("{{ range(10) }}", ["ne calcule et n’appelle rien"]),
    ("{{ travailleur.nom|center(1000000) }}", ["filtre « center »"]),
    ("{% set x = 1 %}{{ x }}", ["ne calcule et n’appelle rien"]),
    ("{% include 'a' %}", ["ne calcule et n’appelle rien"]),
    ("{% macro a() %}{% endmacro %}", ["ne calcule et n’appelle rien"]),
    ("{{ ''['__class__'] }}", ["n’existe pas"]),
    (
        "{% for a in objectifs %}{% for b in objectifs %}{% for c in objectifs %}x{% endfor %}{% endfor %}{% endfor %}",
        ["Deux boucles"],
    ),
    ("{% for a in objectifs %}{% for b in objectifs %}" + "x" * 3000 + "{% endfor %}{% endfor %}", ["trop de texte"]),
]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=lambda value: str(value)[:30])
def test_a_wrong_tag_is_named_with_its_place_and_its_remedy(text, says):
    with pytest.raises(Refuse) as refused:
        rendu.remplir(docx("Premier paragraphe.", text), exemple())
    for one in says:
        assert one in str(refused.value)
    assert str(refused.value).rstrip().endswith((".", "?", "»."))


@pytest.mark.parametrize("part", ["title", "subject", "author", "comments"])
def test_the_properties_of_a_file_are_no_way_round(part):
    document = Document(io.BytesIO(docx("Bonjour.")))
    setattr(document.core_properties, part, "{{ cycler.__init__ }}")
    kept = io.BytesIO()
    document.save(kept)
    with pytest.raises(Refuse, match="n’existe pas"):
        rendu.remplir(kept.getvalue(), exemple())


def zipped(**members):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("Bonjour."))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts |= {name.replace("__", "/"): content for name, content in members.items()}
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return kept.getvalue()


def odt():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        out.writestr("content.xml", "<a/>")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (odt(), "lettre.odt", "Enregistrer sous"),
        (b"MZ\x90\x00", "lettre.docx", "n’est pas un document .docx"),
        (b"%PDF-1.7\n", "lettre.docx", "n’est pas un document .docx"),
        (zipped(**{"word__vbaProject.bin": "x"}), "lettre.docx", "macros"),
        (zipped(**{"word__x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "lettre.docx", "n’est pas admise"),
        (zipped(**{"word__x.xml": " " * (modeles.MAX_XML + 1)}), "lettre.docx", "trop grand"),
        (zipped(**{"word__media__x.png": b"\0" * (modeles.MAX_OPEN + 1)}), "lettre.docx", "trop grand"),
        (zipped(**{"word__document.xml": "<pas-word/>"}), "lettre.docx", "enregistrez-le à nouveau"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_model_is_refused_in_a_sentence(content, name, says):
    with pytest.raises(ModeleRefuse, match=says):
        verifier(content, name)


def related(kind, target="http://ailleurs.example/x", mode='TargetMode="External"'):
    """A model whose document names something else, by one more relationship."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(docx("Bonjour."))) as source:
        known = source.read("word/_rels/document.xml.rels").decode()
    link = f'<Relationship Id="rIdX" Type="{types}/{kind}" Target="{target}" {mode}/></Relationships>'
    return zipped(**{"word___rels__document.xml.rels": known.replace("</Relationships>", link)})


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument", "frame"])
@pytest.mark.parametrize("mode", ['TargetMode="External"', "TargetMode = 'external'"])
def test_a_model_that_fetches_something_elsewhere_is_refused(kind, mode):
    with pytest.raises(ModeleRefuse, match="ailleurs"):
        verifier(related(kind, mode=mode), "lettre.docx")


def test_a_plain_link_to_a_page_is_kept():
    verifier(related("hyperlink"), "lettre.docx")


@pytest.mark.parametrize("name", ["word__embeddings__oleObject1.bin", "word__activeX__activeX1.xml"])
def test_an_object_inside_a_model_is_refused(name):
    with pytest.raises(ModeleRefuse, match="objet incorporé"):
        verifier(zipped(**{name: "x"}), "lettre.docx")


def field(*instructions, plain=False):
    """A model with a Word field, its instruction cut into runs as Word does; ``plain``: as one attribute."""
    opening = docx("Bonjour.")
    with zipfile.ZipFile(io.BytesIO(opening)) as source:
        known = source.read("word/document.xml").decode()
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    made = f"{mark.format('begin')}{runs}{mark.format('end')}"
    if plain:
        made = f'<w:fldSimple w:instr="{"".join(instructions)}"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    return zipped(**{"word__document.xml": known.replace("</w:p>", f"{made}</w:p>", 1)})


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(
    "instructions",
    [
        (' INCLUDEPICTURE "http://ailleurs.example/x.png" ',),
        (" INCLUDE", "TEXT ", "serveur/autre.docx "),
        (" dde", "auto excel classeur "),
        (" &#x44;DE excel classeur ",),
        (" LINK Excel.Sheet.8 classeur ",),
        (" IF 1 = 1 DATABASE ",),
    ],
    ids=lambda value: "".join(value)[:14],
)
def test_a_field_that_fetches_or_runs_something_is_refused(instructions, plain):
    with pytest.raises(ModeleRefuse, match="champ"):
        verifier(field(*instructions, plain=plain), "lettre.docx")


@pytest.mark.parametrize(
    "instruction", [" PAGE ", " HYPERLINK &quot;https://exemple.be&quot; ", " DATE \\@ dd/MM/yyyy "]
)
def test_a_page_number_a_link_and_a_date_stay(instruction):
    verifier(field(instruction), "lettre.docx")


def test_a_declaration_hidden_in_another_alphabet_is_refused():
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    with pytest.raises(ModeleRefuse, match="n’est pas admise"):
        verifier(zipped(**{"word__x.xml": hidden}), "lettre.docx")


def marked(content, local, central, value):
    """Change one byte of every header of a ZIP: its flags or its way of compressing."""
    found = bytearray(content)
    for magic, step in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = found.find(magic)
        while at >= 0:
            found[at + step] = value
            at = found.find(magic, at + 4)
    return bytes(found)


def broken(content):
    found = bytearray(content)
    found[60:400] = bytes(byte ^ 0x55 for byte in found[60:400])
    return bytes(found)


@pytest.mark.parametrize(
    "content",
    [marked(docx("x"), 6, 8, 1), marked(docx("x"), 8, 10, 99), marked(docx("x"), 8, 10, 0), broken(docx("x"))],
    ids=["encrypted", "unknown method", "lying", "broken"],
)
def test_a_model_that_does_not_open_is_refused_in_a_sentence(content):
    with pytest.raises(ModeleRefuse, match="mot de passe ou abîmé"):
        verifier(content, "lettre.docx")


def test_a_refusal_comes_back_from_the_other_process():
    with pytest.raises(ModeleRefuse, match="Vouliez-vous"):
        verifier(docx("{{ travailleur.prenon }}"), "lettre.docx")


def test_a_slow_model_is_stopped(monkeypatch):
    monkeypatch.setattr(modeles, "SECONDS", 0.01)
    with pytest.raises(ModeleRefuse, match="secondes"):
        remplir(docx("Bonjour."), exemple())


def test_the_process_that_fills_receives_none_of_our_secrets(monkeypatch):
    seen = {}
    real = modeles.subprocess.run
    monkeypatch.setattr(modeles.subprocess, "run", lambda *a, **k: seen.update(k["env"]) or real(*a, **k))
    remplir(docx("Bonjour."), exemple())
    assert set(seen) == {"PYTHONPATH"}


def test_the_check_sees_each_break():
    with pytest.raises(Refuse):
        check(Ferme(), "{{ x }}")
    check(Ferme(), "{{ aujourdhui }}")
