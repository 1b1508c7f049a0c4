"""The chart of two moments: each mark where its level says, the equal table beside it, a domain without level."""

from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from clefdevoute.ui.charts import ComparedRow, compared

WORDS = ("À construire", "Fragile", "En bonne voie", "Acquis")
ROWS = [
    ComparedRow(name="Logement", first=1, last=3, note="frein"),
    ComparedRow(name="Mobilité", first=3, last=2),
    ComparedRow(name="Budget", first=2, last=2),
    ComparedRow(name="Numérique", last=4),
    ComparedRow(name="Entourage"),
]


def drawn(first_word="03/02/2025"):
    return compared(id="n", rows=ROWS, words=WORDS, first_word=first_word, last_word="02/11/2026")


def page_of(chart):
    source = str(CottonCompiler().process('<c-compared :chart="chart" />'))
    return engines["django"].from_string(source).render({"chart": chart})


def test_marks_stand_in_the_middle_of_their_level():
    chart = drawn()
    assert list(chart.ticks) == ["12.5%", "37.5%", "62.5%", "87.5%"]
    home, bus, money, new, none = chart.tracks
    assert (home.ring_x, home.square_x, home.bar) == ("12.5%", "62.5%", ("12.5%", "62.5%"))
    assert bus.bar == ("37.5%", "62.5%"), "de gauche à droite, même en recul"
    assert money.ring_x == money.square_x == "37.5%"
    assert (new.ring_x, new.square_x, new.bar) == ("", "87.5%", ("", ""))
    assert (none.ring_x, none.square_x) == ("", "")
    assert [track.y for track in chart.tracks] == sorted({track.y for track in chart.tracks})
    assert chart.height >= chart.tracks[-1].y


def test_the_table_and_the_words_say_what_the_drawing_says():
    chart = drawn()
    assert chart.title == "Du 03/02/2025 au 02/11/2026 : 1 en progrès, 1 en recul, 1 inchangés"
    assert "Logement, de À construire à En bonne voie" in chart.desc
    assert "Entourage, sans niveau" in chart.desc
    assert chart.rows[0] == ("Logement", "1 · À construire", "3 · En bonne voie", "+2", "frein")
    assert [row[3] for row in chart.rows] == ["+2", "\u22121", "inchangé", "", ""]


def test_one_bilan_alone_is_drawn_without_a_first():
    chart = drawn(first_word="")
    assert chart.title == "02/11/2026 : 4 domaines cotés sur 5"
    page = page_of(chart)
    assert "Écart" not in page
    assert "<table" in page


def test_shapes_differ_without_a_colour():
    page = page_of(drawn())
    assert page.count('<circle class="l-ring"') == 4, "trois domaines et la légende"
    assert page.count("cv-compared__mark") == 4
    assert "style=" not in page
