"""The machinery: what it refuses and in which words, what it writes and reads back without loss."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.law.kernel.codec import decode, encode, from_json, read_facts, to_json
from clefdevoute.law.kernel.dates import add_days, add_months
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.errors import BadFact, BadParameterFile, LawError, MissingFact, UnknownFact, UnknownRule
from clefdevoute.law.kernel.explained import Explained
from clefdevoute.law.kernel.money import cents, cents_down, count_fr, date_fr, decimal_fr, euros, percent
from clefdevoute.law.kernel.parameters import Parameter, ValueInForce
from clefdevoute.law.kernel.registry import Fact, public_rules, rule, rule_named
from clefdevoute.law.kernel.units import Euros, Ratio


class Couleur(enum.Enum):
    ROUGE = "rouge"
    VERT = "vert"


@dataclass(frozen=True)
class Detail:
    montant: Annotated[Euros, Fact("Un montant.")]
    part: Annotated[Ratio | None, Fact("Une part.")] = None
    mots: Annotated[tuple[str, ...], Fact("Des mots.")] = field(default_factory=tuple)


@dataclass(frozen=True)
class Tout:
    jour: Annotated[dt.date, Fact("Un jour.")]
    couleur: Annotated[Couleur, Fact("Une couleur.")]
    choix: Annotated[Literal["oui", "non"], Fact("Un choix.")]
    nombre: Annotated[int, Fact("Un nombre.")]
    vrai: Annotated[bool, Fact("Oui ou non.")]
    ensemble: Annotated[frozenset[str], Fact("Un ensemble.")]
    paire: Annotated[tuple[int, str], Fact("Une paire.")]
    table: Annotated[Mapping[str, Euros], Fact("Une table.")]
    details: Annotated[tuple[Detail, ...], Fact("Des détails.")]


@rule("Que vaut tout cela ?", "Un texte inventé", public=False)
def essai(*, tout: Annotated[Tout, Fact("Tout.")], libre: Annotated[str, Fact("Libre.")] = "") -> Explained[Tout]:
    """Answer what it was given."""
    return Explained(value=tout, sentence=f"Voilà {libre}.", doubts=("Un doute.",))


@rule("La même chose, par une autre règle ?", public=False)
def passe_plat(*, tout: Annotated[Tout, Fact("Tout.")]) -> Explained[Tout]:
    """Hand on another rule's answer."""
    return essai(tout=tout, libre="par un autre")


TOUT = Tout(
    jour=dt.date(2026, 2, 28),
    couleur=Couleur.VERT,
    choix="oui",
    nombre=3,
    vrai=False,
    ensemble=frozenset({"b", "a"}),
    paire=(1, "un"),
    table={"a": Decimal("1.50")},
    details=(Detail(Decimal("0.10"), Decimal("0.625"), ("x",)), Detail(Decimal(2))),
)


def test_an_answer_is_written_and_read_back_equal() -> None:
    answer = essai(tout=TOUT)
    written = to_json(answer)
    assert written["value"]["ensemble"] == ["a", "b"]
    assert written["value"]["details"] == [
        {"montant": "0.10", "part": "0.625", "mots": ["x"]},
        {"montant": "2.00", "part": None, "mots": []},
    ]
    assert from_json(written) == answer


def test_a_rule_that_hands_on_an_answer_names_itself_and_leaves_the_other_alone() -> None:
    inner = essai(tout=TOUT, libre="par un autre")
    outer = passe_plat(tout=TOUT)
    assert (outer.rule, outer.facts) == ("law.passe_plat", {"tout": TOUT})
    assert (inner.rule, inner.value) == ("law.essai", outer.value)
    assert from_json(to_json(outer)) == outer


def test_a_rule_is_described_with_every_kind_of_fact() -> None:
    tout, libre = describe(rule_named("law.essai"))["facts"]
    kinds = {one["name"]: one["type"] for one in tout["fields"]}
    assert kinds == {
        "jour": "date",
        "couleur": "enumeration",
        "choix": "enumeration",
        "nombre": "entier",
        "vrai": "booleen",
        "ensemble": "liste",
        "paire": "liste",
        "table": "dictionnaire",
        "details": "liste",
    }
    by_name = {one["name"]: one for one in tout["fields"]}
    assert by_name["couleur"]["values"] == ["rouge", "vert"]
    details = {one["name"]: one for one in by_name["details"]["items"]["fields"]}
    assert details["montant"] == {
        "name": "montant",
        "type": "montant",
        "unit": "EUR",
        "meaning": "Un montant.",
        "required": True,
        "default": None,
        "reading": None,
        "example": "1234.50",
    }
    assert details["part"]["nullable"]
    assert tout["example"]["details"] == [{"montant": "1234.50"}]
    assert tout["example"]["couleur"] == "rouge"
    assert details["mots"]["default"] == []
    assert libre["default"] == ""


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"jour": "2026-02-30"}, BadFact, "n'est pas une date"),
        ({"jour": "28/02/2026"}, BadFact, "année-mois-jour"),
        ({"jour": 20260228}, BadFact, "n'est pas une date"),
        ({"couleur": "bleu"}, BadFact, "Prenez l'un de : rouge, vert"),
        ({"choix": "peut-être"}, BadFact, "Prenez l'un de : oui, non"),
        ({"nombre": True}, BadFact, "un nombre entier"),
        ({"nombre": "3"}, BadFact, "un nombre entier"),
        ({"vrai": 1}, BadFact, "oui ou non"),
        ({"ensemble": "a"}, BadFact, "il faut une liste"),
        ({"ensemble": [1]}, BadFact, "un texte entre guillemets"),
        ({"paire": [1]}, BadFact, "il faut 2 éléments"),
        ({"table": []}, BadFact, "il faut un objet"),
        ({"table": {"a": "1.505"}}, BadFact, "plus de deux décimales"),
        ({"table": {"a": 1.5}}, BadFact, "n'est pas un nombre"),
        ({"table": {"a": True}}, BadFact, "n'est pas un nombre"),
        ({"table": {"a": "NaN"}}, BadFact, "n'est pas un nombre"),
        ({"table": {"a": "1e3"}}, BadFact, "n'est pas un nombre"),
        ({"details": [3]}, BadFact, "il faut un objet"),
        ({"details": [{}]}, MissingFact, "details[0].montant"),
        ({"details": [{"montant": "1", "x": 1}]}, UnknownFact, "details[0].x"),
        ({"inconnu": 1}, UnknownFact, "Les faits attendus sont : jour"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(change: dict[str, Any], kind: type[LawError], words: str) -> None:
    facts = {"tout": encode(TOUT, Tout) | change}
    with pytest.raises(kind) as refusal:
        read_facts(rule_named("law.essai"), facts)
    assert words in str(refusal.value)


def test_facts_are_an_object() -> None:
    with pytest.raises(BadFact, match="comme un objet JSON"):
        read_facts(rule_named("law.essai"), [])


def test_a_missing_fact_is_not_a_zero() -> None:
    with pytest.raises(MissingFact, match="une absence n'est pas un zéro"):
        read_facts(rule_named("law.essai"), {})


def test_an_amount_below_the_cent_is_never_rounded_in_silence() -> None:
    with pytest.raises(BadFact, match="plus de deux décimales"):
        encode(Decimal("1.005"), Euros)


def test_a_whole_number_may_stand_for_an_amount() -> None:
    assert decode(25000, Euros, "montant") == Decimal(25000)


def test_a_union_of_two_kinds_is_left_to_its_values() -> None:
    assert encode(Decimal("1.5"), Decimal | str) == "1.5"


@pytest.mark.parametrize("name", ["nulle.part", "accompagnement_social.nulle_part", "kernel.rule", "../etc.passwd", ""])
def test_an_unknown_rule_says_where_the_list_is(name: str) -> None:
    with pytest.raises(UnknownRule, match="droit regles"):
        rule_named(name)


def test_a_private_rule_is_not_offered() -> None:
    assert "law.essai" not in {spec.name for spec in public_rules()}
    with pytest.raises(UnknownRule):
        rule_named("law.essai", public_only=True)


def test_the_money_rules_are_offered_by_name() -> None:
    wanted = {
        "accompagnement_social": "effectif effectif_periode droit avance cout_salarial plafond_frais ligne_admise "
        "montant_a_justifier tableaux solde decompte",
        "agrement": "en_cours annee rapport_activite",
        "sieg": "place",
    }
    names = {f"{matter}.{name}" for matter, rules in wanted.items() for name in rules.split()}
    offered = {spec.name: spec for spec in public_rules()}
    assert names <= set(offered)
    for name in names:
        told = describe(offered[name])
        assert told["sentence"].endswith("?")
        assert told["references"]
        assert all(fact["meaning"] for fact in told["facts"])


def _parameter(tmp_path: Path, text: str) -> Parameter:
    path = tmp_path / "essai" / "parameters" / "valeur.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return Parameter.load(path)


REFERENCE = "metadata: {reference: {2020-01-01: {title: Un texte}}}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("description: x\nvalues: {2020-01-01: {value: 1}}\nvaleurs: 1\n" + REFERENCE, "clé inconnue valeurs"),
        ("description: x\nvalues: {2020-01-01: {value: 1}}\nmetadata: {unite: x}\n", "clé inconnue unite"),
        ("description: x\n" + REFERENCE, "« values » ou « brackets »"),
        ("description: x\nvalues: {2020-01-01: {value: 1}}\nbrackets: []\n" + REFERENCE, "l'un des deux"),
        ("description: x\nvalues: {2020-01-01: {value: 1}}\n", "aucune référence pour la valeur du 01/01/2020"),
        ("description: x\ndescription: y\n", "Clé écrite deux fois"),
        (
            "description: x\nbrackets:\n- threshold: {2020-01-01: {value: 1}}\n  amount: {2021-01-01: {value: 1}}\n"
            + REFERENCE,
            "un seuil sans montant",
        ),
    ],
)
def test_a_malformed_file_is_refused_by_its_fault(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadParameterFile) as refusal:
        _parameter(tmp_path, text)
    assert words in str(refusal.value)


def test_a_bracket_may_begin_later_and_a_doubt_may_belong_to_one_date(tmp_path: Path) -> None:
    found = _parameter(
        tmp_path,
        "description: x\nbrackets:\n"
        "- threshold: {2020-01-01: {value: 8}}\n  amount: {2020-01-01: {value: 1_000.50}}\n"
        "- threshold: {2021-01-01: {value: 4}}\n  amount: {2021-01-01: {value: 500}}\n"
        "metadata:\n  type: single_amount\n  doubt: {2021-01-01: à vérifier}\n"
        "  reference: {2020-01-01: {title: Un}, 2021-01-01: {title: Deux, link: 'https://exemple.be'}}\n",
    )
    old, new = found.at(dt.date(2020, 12, 31)), found.at(dt.date(2021, 1, 1))
    assert (old.value, old.doubt) == (((Decimal(8), Decimal("1000.50")),), "")
    assert new.value == ((Decimal(4), Decimal(500)), (Decimal(8), Decimal("1000.50")))
    assert (new.doubt, new.link) == ("à vérifier", "https://exemple.be")


def test_a_doubt_of_a_value_names_its_parameter_unless_it_is_a_reading() -> None:
    plain = ValueInForce("m.p", Decimal(1), dt.date(2020, 1, 1), "Un", doubt="à vérifier.")
    reading = ValueInForce("m.p", Decimal(1), dt.date(2020, 1, 1), "Un", doubt="Lecture A2 : rien.")

    @rule("Deux valeurs douteuses ?", public=False)
    def douteuse() -> Explained[int]:
        """Answer on doubtful values."""
        return Explained(value=1, sentence="Un.", law=(plain, reading), doubts=("Propre.",))

    assert douteuse().doubts == ("Propre.", "m.p : à vérifier.", "Lecture A2 : rien.")


@settings(max_examples=60, deadline=None)
@given(amount=st.decimals(-1_000_000, 1_000_000, places=6))
def test_the_two_roundings(amount: Decimal) -> None:
    half_up, down = cents(amount), cents_down(amount)
    assert abs(half_up - amount) <= Decimal("0.005")
    assert abs(down) <= abs(amount)
    assert abs(amount - down) < Decimal("0.01")


def test_words_of_amounts_and_days() -> None:
    nbsp = "\u00a0"
    assert euros(Decimal("1234567.5")) == f"1.234.567,50{nbsp}€"
    assert euros(Decimal("-0.5")) == f"-0,50{nbsp}€"
    assert (percent(Decimal("0.15")), percent(Decimal("0.125"))) == (f"15{nbsp}%", f"12,5{nbsp}%")
    assert (decimal_fr(1500), decimal_fr(Decimal("0.50"))) == ("1.500", "0,5")
    assert date_fr(dt.date(2026, 11, 2)) == "02/11/2026"


def test_things_are_counted_as_french_does() -> None:
    assert [count_fr(n, "personne") for n in (0, 1, 2)] == ["0 personne", "1 personne", "2 personnes"]
    assert count_fr(3, "mois") == "3 mois"


def test_the_calendar_has_an_end() -> None:
    assert add_months(dt.date(2027, 8, 31), 6) == dt.date(2028, 2, 29)
    for beyond in (lambda: add_months(dt.date.max, 1), lambda: add_days(dt.date.max, 1)):
        with pytest.raises(BadFact, match="hors du calendrier"):
            beyond()


def test_walking_an_explanation_gives_the_conclusion_first() -> None:
    step = Explained(value=1, sentence="un")
    answer = Explained(value=2, sentence="deux", because=(step, step))
    assert [(depth, one.value) for depth, one in answer.walk()] == [(0, 2), (1, 1), (1, 1)]
