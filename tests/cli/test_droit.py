"""The command ``clefdevoute droit``: a frozen contract, refusals that say what to do, nothing loaded for nothing."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clefdevoute.cli import main
from clefdevoute.law.kernel.codec import decode
from clefdevoute.law.kernel.describe import describe
from clefdevoute.law.kernel.registry import public_rules, rule_named

ANSWER = ["rule", "value", "sentence", "facts", "law", "because", "doubts"]
LAW = ["parameter", "value", "since", "title", "link", "doubt"]
RULE = ["rule", "sentence", "facts", "value", "references"]
FACT = ["name", "type", "unit", "meaning", "required", "default", "reading", "example"]
PARAMETER = ["parameter", "code", "description", "unit", "value", "since", "title", "link", "doubt"]
RULES = [spec.name for spec in public_rules()]

BCE = {"numero": "0123.456.749"}
TRIP = {"date_trajet": "2026-01-15", "kilometres": "37.5"}


@pytest.fixture
def droit(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path):
    """Run the command in this process; facts are written to a file first."""

    def run(*words: str, facts: Any = None, raw: bytes | None = None) -> tuple[int, str, str]:
        if facts is not None or raw is not None:
            path = tmp_path / "faits.json"
            path.write_bytes(json.dumps(facts).encode() if raw is None else raw)
            words = (*words, "--facts", str(path))
        code = main(["droit", *words])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def _refused(result: tuple[int, str, str]) -> str:
    code, out, err = result
    assert (code, out) == (1, "")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def _walk(answer: dict[str, Any]):
    yield answer
    for step in answer["because"]:
        yield from _walk(step)


def test_a_rule_answers_with_the_whole_tree(droit, golden) -> None:
    code, out, err = droit("regle", "deplacements.indemnite", "--json", facts=TRIP)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    for step in _walk(answer):
        assert list(step) == ANSWER
        assert all(list(value) == LAW for value in step["law"])
    assert answer["value"] == "16.22"
    golden("regle_indemnite.json", out)


def test_a_rule_is_read_by_a_person_without_json(droit, golden) -> None:
    code, out, _ = droit("regle", "deplacements.indemnite", facts=TRIP)
    assert code == 0
    golden("regle_indemnite.txt", out)


def test_every_rule_is_described_by_the_same_keys(droit) -> None:
    code, out, _ = droit("regles", "--json")
    rows = json.loads(out)
    assert code == 0
    assert [row["rule"] for row in rows] == RULES
    for row in rows:
        assert list(row) == RULE
        assert {"type", "unit"} <= set(row["value"])
        assert row["references"], row["rule"]
        assert row["sentence"].endswith("?"), row["rule"]
        for fact in row["facts"]:
            assert [key for key in fact if key in FACT] == FACT
            assert fact["required"] or "default" in fact


@pytest.mark.parametrize("name", RULES)
def test_every_fact_has_a_meaning(droit, name: str) -> None:
    def without_meaning(fields: list[dict[str, Any]]) -> list[str]:
        found = []
        for field in fields:
            found += [] if field["meaning"].strip() else [field["name"]]
            found += without_meaning(field.get("fields", field.get("items", {}).get("fields", [])))
        return found

    row = next(row for row in json.loads(droit("regles", "--json")[1]) if row["rule"] == name)
    assert without_meaning(row["facts"]) == []


# A trip needs one of three measures, as their meanings say: the one fact more that a stranger adds.
ONE_OF = {"deplacements.indemnite": ["kilometres"]}


@pytest.mark.parametrize("name", RULES)
def test_a_stranger_asks_each_rule_with_nothing_but_its_examples(droit, name: str) -> None:
    rows = describe(rule_named(name))["facts"]
    facts = {row["name"]: row["example"] for row in rows if row["required"] or row["name"] in ONE_OF.get(name, [])}
    code, out, err = droit("regle", name, "--json", facts=facts)
    assert (code, err) == (0, "")
    assert json.loads(out)["sentence"].endswith((".", "?"))


@pytest.mark.parametrize("name", RULES)
def test_every_example_is_of_its_type(name: str) -> None:
    spec = rule_named(name)

    def checked(rows: list[dict[str, Any]], kinds: dict[str, Any]) -> None:
        for row in rows:
            decode(row["example"], kinds[row["name"]], row["name"])

    checked(describe(spec)["facts"], spec.facts)


def test_an_amount_of_the_law_is_written_as_any_amount(droit) -> None:
    facts = {"octroi_le": "2026-01-01", "montant": "50000.00", "aides": []}
    law = json.loads(droit("regle", "sieg.place", "--json", facts=facts)[1])["law"]
    assert {value["parameter"]: value["value"] for value in law}["sieg.plafond"] == "750000.00"
    facts = {"personnes": 27, "as_of": "2026-01-01", "agrement": "en_cours"}
    law = json.loads(droit("regle", "accompagnement_social.droit", "--json", facts=facts)[1])["law"]
    held = {value["parameter"]: value["value"] for value in law}
    assert held["accompagnement_social.subvention_maximale"][0] == ["8", "25000.00"]
    assert held["accompagnement_social.etp_maximal"][0] == ["8", "0.5"]
    rows = {row["parameter"]: row for row in json.loads(droit("parametres", "--as-of", "2031-01-01", "--json")[1])}
    assert rows["sieg.plafond"]["value"] is None
    assert rows["accompagnement_social.subvention_maximale"]["value"][3] == ["60", "100000.00"]


def test_every_parameter_of_the_list_is_found_by_its_number(droit) -> None:
    codes = {row["code"] for row in json.loads(droit("parametres", "--json")[1])}
    assert {f"P{number}" for number in range(1, 27)} <= codes


def test_the_rules_of_the_people_half_are_frozen(droit, golden) -> None:
    rows = json.loads(droit("regles", "--json")[1])
    matters = ("accompagnateur", "conservation", "deplacements", "entretiens", "forem", "identifiants", "public_cible")
    ours = [row for row in rows if row["rule"].split(".")[0] in matters]
    assert {row["rule"] for row in ours} == {
        "accompagnateur.classe_tache",
        "accompagnateur.eligibilite",
        "accompagnateur.heures_admissibles",
        "accompagnateur.mi_temps",
        "accompagnateur.obligations",
        "accompagnateur.second_contrat",
        "conservation.terme",
        "deplacements.indemnite",
        "entretiens.echeance",
        "entretiens.etat",
        "entretiens.regularite",
        "forem.transmission",
        "identifiants.bce",
        "identifiants.communication_structuree",
        "identifiants.iban",
        "identifiants.niss",
        "public_cible.td",
        "public_cible.tgd",
    }
    golden("regles.json", json.dumps(ours, ensure_ascii=False, indent=1) + "\n")


def test_rules_in_words(droit) -> None:
    code, out, _ = droit("regles")
    assert code == 0
    assert "conservation.terme — Jusqu'à quel jour garder cette pièce ?" in out
    assert "    [suspendu] (booleen) : Un contrôle ou un litige en cours interdit d'effacer." in out


def test_nested_facts_and_choices_are_told_to_a_person(droit) -> None:
    out = droit("regles")[1]
    assert "    [bareme] (enumeration) : Table des taux" in out
    assert "        au choix : trimestriel, annuel, wallon" in out
    assert "        debut (date) : Premier jour de l'empêchement." in out


@pytest.mark.parametrize(
    "words",
    [
        "    24 mois, depuis le 30/06/2017",
        "    5 ans, depuis le",
        "    0,4326 €/km, depuis le 01/01/2026",
        "    25 %, depuis le",
        "    dès 8 : 25.000,00 € ; dès 26 : 50.000,00 €",
        "    500.000,00 €, depuis le 29/04/2012",
        "    plus de valeur, depuis le 01/01/2031",
        "Nom et prénom ; Moyens de contact",
        "    à vérifier : les textes ne donnent pas de seuil",
    ],
)
def test_parameters_are_written_as_belgium_writes(droit, words: str) -> None:
    code, out, _ = droit("parametres")
    assert code == 0
    assert words in out.replace("\u00a0", " ")


def test_parameters_on_a_day(droit) -> None:
    code, out, _ = droit("parametres", "--as-of", "2025-02-01", "--json")
    rows = {row["parameter"]: row for row in json.loads(out)}
    assert code == 0
    assert all(list(row) == PARAMETER for row in rows.values())
    assert rows["deplacements.taux_trimestriel"]["value"] == "0.4290"
    assert rows["deplacements.taux_trimestriel"]["since"] == "2025-01-01"
    assert rows["public_cible.anciennete_allocations_tgd"]["doubt"]


def test_parameters_of_all_dates(droit) -> None:
    rows = json.loads(droit("parametres", "--json")[1])
    days = [row["since"] for row in rows if row["parameter"] == "deplacements.taux_annuel"]
    assert days == sorted(days)
    assert len(days) == 10


def test_parameters_not_yet_in_force_are_named_to_a_person(droit) -> None:
    code, out, _ = droit("parametres", "--as-of", "2010-01-01")
    assert code == 0
    assert "deplacements.taux_wallon" in out
    assert "Pas encore de valeur le 01/01/2010" in out
    assert [row["parameter"] for row in json.loads(droit("parametres", "--as-of", "2010-01-01", "--json")[1])] == [
        "deplacements.kilometres_annuels",
        "deplacements.taux_wallon",
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [("1990-01-01", "Choisissez une date à partir du"), ("2026-13-01", "n'est pas une date"), ("demain", "année-mois")],
)
def test_parameters_on_a_bad_day(droit, day: str, words: str) -> None:
    assert words in _refused(droit("parametres", "--as-of", day, "--json"))


@pytest.mark.parametrize(
    ("rule", "facts", "words"),
    [
        ("identifiants.bcee", BCE, "n'existe pas. « clefdevoute droit regles » donne la liste"),
        ("inconnue", BCE, "n'existe pas"),
        ("../kernel.rule", BCE, "n'existe pas"),
        ("public_cible.base", {"cess": True, "dei": True}, "n'existe pas"),
        ("identifiants.bce", BCE | {"pays": "BE"}, "Fait inconnu : « pays »"),
        ("identifiants.bce", {}, "Il manque le fait « numero »"),
        ("identifiants.bce", {"numero": 123456749}, "il faut un texte entre guillemets"),
        ("identifiants.bce", [], "comme un objet JSON"),
        ("deplacements.indemnite", TRIP | {"date_trajet": "2026-02-30"}, "n'est pas une date"),
        ("deplacements.indemnite", TRIP | {"date_trajet": "15/01/2026"}, "année-mois-jour"),
        ("deplacements.indemnite", TRIP | {"date_trajet": "2009-01-01"}, "aucune valeur en vigueur le 01/01/2009"),
        ("deplacements.indemnite", {"date_trajet": "2026-01-15", "prix_ticket": "1.234"}, "plus de deux décimales"),
        ("deplacements.indemnite", TRIP | {"kilometres": "NaN"}, "n'est pas un nombre"),
        ("deplacements.indemnite", TRIP | {"kilometres": "1e3"}, "n'est pas un nombre"),
        ("deplacements.indemnite", TRIP | {"kilometres": True}, "n'est pas un nombre"),
        ("deplacements.indemnite", TRIP | {"bareme": "flamand"}, "Prenez l'un de : trimestriel, annuel, wallon"),
        (
            "entretiens.etat",
            {"date_engagement": "9999-12-31", "debut_fonction": "2020-01-01", "as_of": "9999-12-31"},
            "hors",
        ),
    ],
)
def test_a_refusal_names_the_fault_and_the_remedy(droit, rule: str, facts: Any, words: str) -> None:
    assert words in _refused(droit("regle", rule, "--json", facts=facts))


WILD: dict[str, list[Any]] = {
    "date": ["0001-01-01", "9999-12-31", "2024-02-29", "2026-01-15"],
    "montant": ["0.00", "-5.00", "1234.50", "999999999999999.99"],
    "decimal": ["0", "-1", "0.5", "0.3333333333333333333333333333", "999999999999999"],
    "entier": [0, -1, 2026, 10**30],
    "booleen": [True, False],
    "texte": ["", "bilan", "🙂"],
}


def _wild(row: dict[str, Any], random: Random) -> Any:
    if row.get("nullable") and random.random() < 0.2:
        return None
    if row["type"] == "liste":
        return [_wild(row["items"], random) for _ in range(random.randrange(3))]
    if row["type"] == "dictionnaire":
        return {random.choice(["2026-01", "2025-03-31", "x"]): _wild(row["items"], random)}
    if row["type"] == "objet":
        return _wild_facts(row["fields"], random)
    return random.choice(row.get("values") or WILD[row["type"]])


def _wild_facts(rows: list[dict[str, Any]], random: Random) -> dict[str, Any]:
    return {row["name"]: _wild(row, random) for row in rows if row["required"] or random.random() < 0.4}


@pytest.mark.parametrize("name", RULES)
def test_any_facts_of_the_right_shape_are_answered_or_refused(droit, name: str) -> None:
    """What ``regles`` describes is enough to ask any rule, and nothing said in that shape breaks one."""
    random = Random(name)  # noqa: S311 - a repeatable sample, not a secret
    rows = describe(rule_named(name))["facts"]
    for _ in range(30):
        result = droit("regle", name, "--json", facts=_wild_facts(rows, random))
        if result[0] == 0:
            assert list(json.loads(result[1])) == ANSWER
        else:
            assert "Fait inconnu" not in _refused(result)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"numero": ', "pas du JSON lisible (ligne 1, colonne"),
        (b'{"numero": "1", "numero": "2"}', "« numero » est écrit deux fois"),
        (b'{"numero": 1.5}', "Écrivez-le entre guillemets : « 1.5 »"),
        (b'{"numero": NaN}', "entre guillemets"),
        (b'{"numero": "\\ud800"}', "caractère interdit"),
        (b"[" * 200_000, "imbrication trop profonde"),
        (b'{"numero": ' + b"9" * 5000 + b"}", "nombre trop long"),
        (b"\xff\xfe\x00", "pas du texte UTF-8"),
        (b" " * 5_000_001, "plus de 5000000 octets"),
        (b"", "pas du JSON lisible"),
    ],
)
def test_facts_that_cannot_be_read(droit, raw: bytes, words: str) -> None:
    assert words in _refused(droit("regle", "identifiants.bce", "--json", raw=raw))


def test_whole_numbers_are_taken_where_a_decimal_is_asked(droit) -> None:
    bare = json.loads(droit("regle", "deplacements.indemnite", "--json", facts=TRIP | {"kilometres": 100})[1])
    text = json.loads(droit("regle", "deplacements.indemnite", "--json", facts=TRIP | {"kilometres": "100"})[1])
    assert bare == text


def test_a_file_with_a_mark_at_its_head_is_read(droit) -> None:
    assert droit("regle", "identifiants.bce", "--json", raw=b"\xef\xbb\xbf" + json.dumps(BCE).encode())[0] == 0


@pytest.mark.parametrize("name", ["absent.json", ".", "nom\0nul"])
def test_a_file_that_cannot_be_opened(droit, name: str) -> None:
    words = _refused(droit("regle", "identifiants.bce", "--facts", name, "--json"))
    assert "Vérifiez son nom" in words


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["loi"],
        ["regle"],
        ["regle", "identifiants.bce"],
        ["regle", "identifiants.bce", "--facts"],
        ["regle", "identifiants.bce", "autre", "--facts", "-"],
        ["regles", "--jso"],
        ["parametres", "--as-of"],
        ["parametres", "--facts", "-"],
    ],
)
def test_wrong_usage(droit, words: list[str]) -> None:
    code, out, err = droit(*words)
    assert (code, out) == (2, "")
    assert "usage :" in err


def test_help(droit) -> None:
    code, out, err = droit("--help")
    assert (code, err) == (0, "")
    assert "clefdevoute droit regle MATIERE.REGLE" in out
