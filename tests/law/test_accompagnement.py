"""The subsidy: what must hold whatever the facts, and the explanations a person reads, word for word."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clefdevoute.law.accompagnement_social import rules
from clefdevoute.law.accompagnement_social.couts import Composante, ContratAccompagnateur, cout_salarial, etp_of_month
from clefdevoute.law.accompagnement_social.decompte import decompte
from clefdevoute.law.accompagnement_social.effectifs import Engagement, effectif, effectif_periode
from clefdevoute.law.accompagnement_social.lignes import Depense, ligne_admise
from clefdevoute.law.accompagnement_social.tableaux import MontantLigne, tableaux
from clefdevoute.law.accompagnement_social.values import lines_at, pieces_at
from clefdevoute.law.kernel.codec import from_json, read_facts, to_json
from clefdevoute.law.kernel.parameters import LAW_ROOT, load_yaml
from clefdevoute.law.kernel.registry import rule_named

from . import strategies as some
from .reading import as_text
from .test_cases import as_json, with_facts

DEBUT, FIN = some.DEBUT, some.FIN
YEAR = dt.date(2026, 1, 1)
CENT = Decimal("0.01")
quick = settings(max_examples=40, deadline=None)


def _case(file: str, name: str) -> Any:
    """Ask the rule of a worked case."""
    cases = with_facts(load_yaml(LAW_ROOT / "accompagnement_social" / "cases" / f"{file}.yaml"))
    case = next(case for case in cases if case["name"] == name)
    spec = rule_named(f"accompagnement_social.{case['rule']}")
    return spec.function(**read_facts(spec, as_json(case["facts"])))


@pytest.mark.parametrize(
    ("file", "name", "frozen"),
    [
        ("decompte", "Une année complète, du 15 mars, premier palier", "decompte_annee.txt"),
        ("decompte", "Sans droit, tout se rembourse", "decompte_sans_droit.txt"),
        ("effectif", "Sous le palier en cours d'année, le plafond n'est pas coupé", "effectif_palier.txt"),
        ("droit", "Trente personnes, cinquante mille et non au prorata", "droit_trente.txt"),
        ("tableaux", "Le tableau B à titre subsidiaire", "tableau_b.txt"),
    ],
)
def test_the_explanation_word_for_word(golden: Any, file: str, name: str, frozen: str) -> None:
    golden(frozen, as_text(_case(file, name)))


def test_the_json_of_a_right_word_for_word(golden: Any) -> None:
    answer = _case("droit", "Trente personnes, cinquante mille et non au prorata")
    golden("droit_trente.json", json.dumps(to_json(answer), ensure_ascii=False, indent=1) + "\n")


@quick
@given(persons=st.integers(0, 700), more=st.integers(0, 300))
def test_more_persons_never_lower_the_right(persons: int, more: int) -> None:
    fewer = rules.droit(personnes=persons, as_of=YEAR, agrement="en_cours").value
    greater = rules.droit(personnes=persons + more, as_of=YEAR, agrement="en_cours").value
    assert 0 <= fewer.plafond <= greater.plafond <= 100000
    assert fewer.etp_max <= greater.etp_max <= 2
    if fewer.ouvert:
        assert fewer.seuil + fewer.personnes_au_dessus == persons
    if fewer.personnes_manquantes is not None:
        reached = rules.droit(personnes=persons + fewer.personnes_manquantes, as_of=YEAR, agrement="en_cours").value
        assert reached.plafond == fewer.plafond_suivant


def _counted_naively(people: list[Engagement], day: dt.date) -> set[str]:
    """The slow way, one person and one day at a time: what the sweep must agree with."""
    own = [one for one in people if not one.art_60]
    found = set()
    for one in own:
        first = min(
            (other for other in own if other.personne == one.personne),
            key=lambda other: (other.debut, other.statut != "TGD"),
        )
        if one.debut <= day <= (one.fin or day) and (one.statut != "aucun" or first.statut == "TGD"):
            found.add(one.personne)
    return found


@quick
@given(people=st.lists(some.engagements(), max_size=14), day=some.year_days)
def test_the_sweep_agrees_with_counting_day_by_day(people: list[Engagement], day: dt.date) -> None:
    swept = effectif_periode(engagements=tuple(people), debut=DEBUT, fin=FIN, date_reference=day).value
    numbers = [len(_counted_naively(people, DEBUT + dt.timedelta(n))) for n in range((FIN - DEBUT).days + 1)]
    assert (swept.minimum, swept.maximum, swept.jours_personnes) == (min(numbers), max(numbers), sum(numbers))
    assert (swept.au_debut, swept.a_la_fin) == (numbers[0], numbers[-1])
    assert swept.retenu == numbers[(day - DEBUT).days]
    assert swept.retenu == effectif(engagements=tuple(people), as_of=day).value.total
    for change in swept.changements:
        place = (change.jour - DEBUT).days
        assert (numbers[place], numbers[place] - numbers[place - 1]) == (change.personnes, change.variation)


@quick
@given(people=st.lists(some.engagements(), max_size=14), data=st.data())
def test_the_order_of_contracts_does_not_matter(people: list[Engagement], data: st.DataObject) -> None:
    shuffled = tuple(data.draw(st.permutations(people)))
    one = effectif_periode(engagements=tuple(people), debut=DEBUT, fin=FIN)
    two = effectif_periode(engagements=shuffled, debut=DEBUT, fin=FIN)
    assert (one.value, one.sentence) == (two.value, two.sentence)
    day_one, day_two = (effectif(engagements=x, as_of=DEBUT).value for x in (tuple(people), shuffled))
    assert day_one.total == day_two.total


@quick
@given(people=st.lists(some.engagements(), max_size=14), one=some.engagements())
def test_one_more_contract_never_lowers_the_count(people: list[Engagement], one: Engagement) -> None:
    """But for a contract without status that would come to be the first one: status belongs to the engagement."""
    newcomer = Engagement(personne="nouvelle", debut=one.debut, fin=one.fin, statut="TD")
    before = effectif_periode(engagements=tuple(people), debut=DEBUT, fin=FIN).value
    after = effectif_periode(engagements=(*people, newcomer), debut=DEBUT, fin=FIN).value
    assert before.minimum <= after.minimum
    assert before.maximum <= after.maximum <= before.maximum + 1


def _wages(parts: list[Composante], contracts: list[ContratAccompagnateur], etp_max: str, **facts: Any) -> Any:
    return cout_salarial(
        composantes=tuple(parts), contrats=tuple(contracts), debut=DEBUT, fin=FIN, etp_max=Decimal(etp_max), **facts
    ).value


@quick
@given(parts=st.lists(some.composantes, max_size=8), contracts=st.lists(some.contrats(), max_size=3), data=st.data())
def test_wages_never_exceed_what_was_paid(parts: Any, contracts: Any, data: st.DataObject) -> None:
    half, full = _wages(parts, contracts, "0.5"), _wages(parts, contracts, "1")
    assert _wages(data.draw(st.permutations(parts)), data.draw(st.permutations(contracts)), "0.5") == half
    assert half.admissible >= 0
    assert half.admissible <= max(half.brut, Decimal(0))
    if not any(part.genre == "autre_aide" for part in parts):
        assert half.admissible <= full.admissible <= full.brut - full.aides_deduites
        outside = _wages(parts, contracts, "0.5", deplacements_dans_la_base=False)
        assert outside.base_frais <= outside.admissible == half.admissible
    assert abs(sum(month.admissible for month in half.mois) - half.admissible) <= CENT * 12 or half.admissible == 0


@quick
@given(depense=some.depenses, share=st.integers(0, 100))
def test_a_line_never_counts_more_than_was_borne(depense: Depense, share: int) -> None:
    line = ligne_admise(depense=depense, debut=DEBUT, fin=FIN).value
    assert abs(line.montant) <= abs(line.supporte)
    assert (line.etat == "admise") or line.montant == 0
    assert line.montant <= 0 or depense.nature != "note_de_credit"


@quick
@given(total=st.integers(0, 500_000), cut=st.integers(0, 100), key=some.keys)
def test_splitting_a_line_in_two_changes_nothing_but_rounding(total: int, cut: int, key: Decimal) -> None:
    def amount(number: int) -> Decimal:
        depense = Depense("F-1", "loyer", "facture", DEBUT, Decimal(number).scaleb(-2), cle=key, base_cle="m²")
        return ligne_admise(depense=depense, debut=DEBUT, fin=FIN).value.montant

    left = total * cut // 100
    assert abs(amount(left) + amount(total - left) - amount(total)) <= CENT


def _tables(owed: Decimal, lines: list[MontantLigne]) -> Any:
    return tableaux(montant_a_justifier=owed, lignes=tuple(lines), debut=DEBUT, fin=FIN).value


@quick
@given(owed=some.cents, lines=st.lists(some.montants, max_size=12), data=st.data())
def test_tables_stop_at_what_is_owed(owed: Decimal, lines: list[MontantLigne], data: st.DataObject) -> None:
    found = _tables(owed, lines)
    assert _tables(owed, data.draw(st.permutations(lines))) == found
    assert 0 <= found.retenu <= owed
    assert found.retenu + found.manque == owed
    a = [sheet for sheet in found.feuilles if sheet.tableau == "A"]
    b = [sheet for sheet in found.feuilles if sheet.tableau == "B"]
    assert len(a) == len(b) == 5
    assert sum((sheet.total for sheet in found.feuilles), Decimal(0)) == sum((x.montant for x in lines), Decimal(0))
    filled = [sheet.besoin == "a_remplir" for sheet in a + b]
    assert filled == sorted(filled, reverse=True), "no sheet is filled after one that is not"
    assert found.tableau_b == (b[0].besoin == "a_remplir")
    if found.tableau_b:
        assert a[-1].cumul < owed
    if found.arret:
        assert found.retenu == owed


@quick
@given(owed=some.cents, lines=st.lists(some.montants, min_size=1, max_size=8))
def test_splitting_an_admitted_amount_leaves_the_tables_alone(owed: Decimal, lines: list[MontantLigne]) -> None:
    first, *rest = lines
    half = (first.montant / 2).quantize(CENT)
    split = [MontantLigne(first.ligne, first.date, half), MontantLigne(first.ligne, first.date, first.montant - half)]
    one, two = _tables(owed, lines), _tables(owed, [*split, *rest])
    if first.montant >= 0:
        assert (one.retenu, one.manque, one.arret) == (two.retenu, two.manque, two.arret)


@quick
@given(grant=some.cents, wages=some.cents)
def test_what_is_owed_fits_between_wages_and_grant(grant: Decimal, wages: Decimal) -> None:
    owed = rules.montant_a_justifier(octroye=grant, cout_salarial=wages, as_of=YEAR).value
    assert 0 <= owed <= max(Decimal(0), grant - wages)
    assert owed <= wages * Decimal("0.15")


@quick
@given(grant=some.cents, proved=some.cents, paid=some.cents)
def test_the_balance_never_pays_beyond_the_grant(grant: Decimal, proved: Decimal, paid: Decimal) -> None:
    found = rules.solde(octroye=grant, justifie=proved, avance_versee=paid, as_of=YEAR).value
    assert paid + found.solde <= min(grant, proved)
    assert found.a_payer - found.a_rembourser == found.solde
    assert min(found.a_payer, found.a_rembourser) == 0


@settings(max_examples=15, deadline=None)
@given(
    people=st.lists(some.engagements(), max_size=12),
    parts=st.lists(some.composantes, max_size=6),
    contracts=st.lists(some.contrats(), max_size=2),
    costs=st.lists(some.depenses, max_size=6),
)
def test_a_year_never_pays_beyond_its_ceiling_and_survives_json(
    people: Any, parts: Any, contracts: Any, costs: Any
) -> None:
    answer = decompte(
        agree_depuis=DEBUT,
        as_of=FIN,
        agrement="en_cours",
        engagements=tuple(people),
        contrats=tuple(contracts),
        composantes=tuple(parts),
        depenses=tuple(costs),
        origine="contrat_recu",
        origine_le=DEBUT,
    )
    year = answer.value
    assert year.avance + year.solde <= year.octroye <= year.plafond <= 100000
    assert year.frais_retenus <= year.a_justifier <= year.plafond_frais
    assert from_json(json.loads(json.dumps(to_json(answer)))) == answer


def test_a_time_of_two_contracts_adds_up_exactly() -> None:
    third = ContratAccompagnateur("X", DEBUT, None, Decimal(10), Decimal(30))
    time = etp_of_month([third, third, third], dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    assert time == 1


def test_lines_and_pieces_in_force() -> None:
    assert [row["code"] for row in lines_at(YEAR, "A")] == [
        "loyer",
        "charges",
        "eau",
        "formation",
        "telephonie",
        "missions",
    ]
    assert len(lines_at(YEAR, "B")) == 6
    assert len(lines_at(YEAR)) == 12
    kept = {row["code"] for row in pieces_at(YEAR) if row["envoi"] == "reste_au_siege"}
    assert kept == {"factures", "feuilles_de_route"}


def test_an_answer_handed_on_by_another_rule_keeps_its_own_name() -> None:
    """The cap inside the amount to prove stays the answer of its own rule."""
    owed = rules.montant_a_justifier(octroye=Decimal(50000), cout_salarial=Decimal(40000), as_of=YEAR)
    assert owed.because[0].rule == "accompagnement_social.plafond_frais"
    assert owed.because[0].facts == {"base": Decimal(40000), "as_of": YEAR}
