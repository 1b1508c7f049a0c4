"""What must hold for any facts: no order, no split and no missed appointment changes an answer."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.law.accompagnateur import periodes
from clefdevoute.law.accompagnateur.rules import Experience, eligibilite
from clefdevoute.law.accompagnateur.taches import LISTES, LigneHeures, heures_admissibles
from clefdevoute.law.conservation.rules import DUREES, terme
from clefdevoute.law.deplacements.rules import BAREMES, indemnite
from clefdevoute.law.entretiens import rules as entretiens
from clefdevoute.law.entretiens.faits import Empechement, Entretien
from clefdevoute.law.forem.rules import transmission
from clefdevoute.law.kernel.dates import add_months
from clefdevoute.law.public_cible.rules import td

DAY = dt.timedelta(days=1)
AS_OF = dt.date(2026, 6, 30)

days = st.dates(dt.date(2018, 1, 1), dt.date(2026, 12, 31))
spans = st.tuples(days, st.integers(0, 900)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY))
held = st.builds(Entretien, days, st.sampled_from(["individuel", "collectif"]))
missed = st.builds(
    Entretien,
    days,
    st.sampled_from(["individuel", "collectif"]),
    st.sampled_from(["prevu", "refuse", "excuse", "absent", "annule", "reporte"]),
)
distant = st.builds(
    Entretien, days, st.sampled_from(["individuel"]), st.just("fait"), st.sampled_from(["telephone", "video", "ecrit"])
)
impediments = st.tuples(days, st.integers(0, 400)).map(
    lambda pair: Empechement(pair[0], "incapacité", pair[0] + pair[1] * DAY)
)
posts = st.tuples(spans, st.sampled_from(["accompagnement_social", "poste_responsabilite_rh_isp", "autre"])).map(
    lambda pair: Experience(pair[1], pair[0][0], pair[0][1], "ASBL")
)
RANK = {"non": 0, "a_apprecier": 1, "oui_sur_pieces": 2, "oui": 3}


def _etat(events, absences=(), as_of=AS_OF):
    return entretiens.etat(
        date_engagement=dt.date(2018, 1, 1),
        debut_fonction=dt.date(2018, 6, 1),
        as_of=as_of,
        entretiens=tuple(events),
        empechements=tuple(absences),
    ).value


@given(days, st.integers(-60, 60))
def test_months_are_clipped_and_never_skip_a_month(day: dt.date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@given(st.lists(held | missed | distant, max_size=8), st.lists(impediments, max_size=3), st.randoms())
def test_the_order_of_events_changes_nothing(events, absences, random) -> None:
    shuffled, turned = list(events), list(absences)
    random.shuffle(shuffled)
    random.shuffle(turned)
    assert _etat(shuffled, turned) == _etat(events, absences)


@given(st.lists(held, max_size=6), st.lists(missed | distant, max_size=6))
def test_what_is_not_held_face_to_face_never_winds_a_clock(events, others) -> None:
    alone, together = _etat(events), _etat([*events, *others])
    for clock in ("individuel", "collectif"):
        bare = replace(getattr(together, clock), offres_refusees=())
        assert bare == replace(getattr(alone, clock), offres_refusees=())


@given(st.lists(held, max_size=6), held)
def test_one_more_interview_never_brings_a_deadline_nearer(events, more) -> None:
    before, after = _etat(events), _etat([*events, more])
    assert after.individuel.echeance >= before.individuel.echeance
    assert after.collectif.echeance >= before.collectif.echeance


@given(st.lists(held, max_size=6), days)
def test_late_begins_the_day_after_the_deadline(events, as_of) -> None:
    state = _etat(events, as_of=max(as_of, dt.date(2018, 6, 1)))
    clock = state.individuel
    late = (max(as_of, dt.date(2018, 6, 1)) - clock.echeance).days
    assert clock.jours_retard == max(0, late)
    assert (clock.couleur == "rouge") == (late > 0)
    assert state.collectif.couleur in {"vert", "ambre"}


@given(st.lists(spans, max_size=6))
def test_a_union_counts_each_day_once(periods) -> None:
    every_day = {start + n * DAY for start, end in periods for n in range((end - start).days + 1)}
    assert periodes.duree(periods).total_jours == len(every_day)


@given(st.lists(spans, min_size=1, max_size=5), st.data())
def test_splitting_a_period_in_two_changes_nothing(periods, data) -> None:
    start, end = periods[0]
    middle = start + data.draw(st.integers(0, (end - start).days)) * DAY
    pieces = [(start, middle)] + ([(middle + DAY, end)] if middle < end else [])
    assert periodes.duree([*pieces, *periods[1:]]) == periodes.duree(periods)


@given(days, st.integers(1, 5))
def test_one_day_short_of_the_years_is_never_enough(start: dt.date, years: int) -> None:
    last = add_months(start, years * 12) - DAY
    assert periodes.duree([(start, last)]).reaches(years)
    assert not periodes.duree([(start, last - DAY)]).reaches(years)


def test_as_many_days_as_the_longest_three_years_are_enough_however_scattered() -> None:
    pieces = [(start, start + 24 * DAY) for start in (dt.date(2015, 1, 1) + n * 40 * DAY for n in range(44))]
    assert not periodes.duree(pieces[:43]).reaches(3)
    assert periodes.duree(pieces[:44]).reaches(3)


@given(st.lists(posts, max_size=4), posts)
def test_one_more_post_never_harms_a_candidate(experiences, more) -> None:
    before = eligibilite(as_of=AS_OF, experiences=tuple(experiences)).value.reponse
    after = eligibilite(as_of=AS_OF, experiences=(*experiences, more)).value.reponse
    assert RANK[after] >= RANK[before]


lines = st.builds(
    LigneHeures,
    st.sampled_from([row["code"] for liste in LISTES.values() for row in liste.at(AS_OF).value]),
    st.decimals(0, 40, places=2),
    st.sampled_from(["accompagnement", "autre"]),
)


@given(st.lists(lines, max_size=8), st.randoms())
def test_hours_are_neither_lost_nor_made_and_have_no_order(rows, random) -> None:
    value = heures_admissibles(lignes=tuple(rows), as_of=AS_OF).value
    assert value.admissibles + value.exclues_fautives + value.autre_contrat == sum(row.heures for row in rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert heures_admissibles(lignes=tuple(shuffled), as_of=AS_OF).value == value


km = st.decimals(0, 2000, places=1)


@given(st.dates(dt.date(2016, 7, 1), dt.date(2027, 1, 1)), km, km, st.sampled_from(sorted(BAREMES)))
def test_splitting_a_trip_changes_at_most_a_cent(day, one, two, bareme) -> None:
    whole = indemnite(date_trajet=day, kilometres=one + two, bareme=bareme).value
    parts = [indemnite(date_trajet=day, kilometres=part, bareme=bareme).value for part in (one, two)]
    assert abs(whole - sum(parts)) <= Decimal("0.01")
    assert whole >= max(parts) >= 0


@given(km, st.decimals(0, 30_000, places=1))
def test_the_yearly_limit_warns_above_it_and_cuts_nothing(trip, before) -> None:
    day = dt.date(2025, 11, 15)
    answer = indemnite(date_trajet=day, kilometres=trip, kilometres_annee=before)
    assert answer.value == indemnite(date_trajet=day, kilometres=trip).value
    assert ("Attention" in answer.sentence) == (trip + before > 24_000)


def test_the_yearly_limit_itself_does_not_warn() -> None:
    at = indemnite(date_trajet=dt.date(2025, 11, 15), kilometres=Decimal(100), kilometres_annee=Decimal(23_900))
    assert "Attention" not in at.sentence


@given(days, days, st.sampled_from(sorted(DUREES)), st.booleans())
def test_retention_ends_years_later_and_never_while_held_up(start, other, kind, held_up) -> None:
    last = terme(categorie=kind, as_of=AS_OF, point_de_depart=start, suspendu=held_up).value
    if held_up:
        assert last is None
        return
    later = terme(categorie=kind, as_of=AS_OF, point_de_depart=max(start, other)).value
    assert last.year - start.year >= 5
    assert later >= last


codes = st.sampled_from(["nom", "contact", "langues", "niss", "sante", "bilan", "notes", "autre"])
maybe_day = st.none() | days


packets = st.fixed_dictionaries(
    {
        "consentement_le": maybe_day,
        "retire_le": maybe_day,
        "dei_depuis": maybe_day,
        "recherche_emploi": st.booleans(),
        "champs": st.lists(codes).map(tuple),
        "as_of": days,
    }
)


@given(packets)
def test_nothing_secret_and_nothing_without_consent_goes_to_the_forem(facts) -> None:
    value = transmission(version_consentement="1", **facts).value
    given_on, back, dei, as_of = (facts[n] for n in ("consentement_le", "retire_le", "dei_depuis", "as_of"))
    assert not {"niss", "sante", "bilan", "notes", "autre"} & set(value.champs)
    if value.autorisee:
        assert given_on is not None
        assert given_on <= as_of
        assert dei is not None
        assert dei <= as_of
        assert facts["recherche_emploi"]
        assert back is None or back < given_on or back > as_of
    else:
        assert value.motifs
        assert value.champs == ()


answers = st.none() | st.booleans()


persons = st.fixed_dictionaries(
    {
        "cess": answers,
        "dei": answers,
        "famille_monoparentale": answers,
        "sexe_sous_represente": answers,
        "decision_aviq": answers,
        "mois_allocations": st.none() | st.integers(0, 60),
        "date_naissance": st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2008, 1, 1)),
    }
)


@given(persons)
def test_one_condition_more_never_takes_a_status_away(facts) -> None:
    rank = {"non": 0, "a_verifier": 1, "oui": 2}
    day = dt.date(2025, 3, 1)
    before = td(date_engagement=day, **facts).value
    after = td(date_engagement=day, **(facts | {"minorite_langue": True})).value
    assert rank[after.reponse] >= rank[before.reponse]
    named = (*before.remplies, *before.manquantes, *before.a_verifier)
    assert sorted(named) == sorted(["base", *"12345678"])
