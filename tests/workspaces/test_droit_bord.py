"""The dashboard: the year as a line, the right in persons with its warning, the gauge, the hypothesis."""

import datetime as dt
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.law.accompagnement_social.decompte import Lectures
from clefdevoute.law.accompagnement_social.effectifs import Engagement
from clefdevoute.law.agrement.annee import annee
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.personnes.models import Engagement as EngagementRow
from clefdevoute.records.subventions import actions
from clefdevoute.records.subventions.decompte import decompter
from clefdevoute.records.subventions.models import Mouvement
from clefdevoute.ui.formats import NBSP
from clefdevoute.workspaces.gestionnaire.bord.etapes import etapes
from clefdevoute.workspaces.gestionnaire.bord.hypothese import supposer
from clefdevoute.workspaces.gestionnaire.bord.justification import justification
from clefdevoute.workspaces.gestionnaire.bord.personnes import Registre, compter, courbe, pourquoi
from tests.records import annee_frais as scene
from tests.records.factories import AgrementFactory, EngagementFactory, TravailleurFactory
from tests.workspaces.conftest import assert_swap_equals_reload, at_most, on_day

D = Decimal
YEAR = annee(agree_depuis=dt.date(2024, 1, 1), as_of=dt.date(2026, 5, 1)).value
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


def person(name: str, start: str = "2025-01-01", end: str | None = None, statut: str = "TD") -> Engagement:
    return Engagement(
        personne=name,
        debut=dt.date.fromisoformat(start),
        fin=dt.date.fromisoformat(end) if end else None,
        statut=statut,  # type: ignore[arg-type]
    )


def register(*engagements: Engagement, today: dt.date = TODAY) -> Registre:
    return Registre(
        annee=YEAR,
        engagements=engagements,
        agrement="en_cours",
        lectures=Lectures(),
        reference=None,
        today=today,
    )


def crowd(count: int, **more) -> list[Engagement]:
    return [person(f"p{rank:03d}", **more) for rank in range(count)]


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def test_a_known_end_under_the_step_is_warned_of_with_what_it_costs():
    counted = compter(register(*crowd(25), person("z", end="2026-12-18")))
    assert counted.alerte is not None
    assert counted.alerte.title == f"Le 19{NBSP}décembre 2026, vous serez 25 : un de moins que le palier."
    assert "25.000,00" in counted.alerte.text
    assert "50.000,00" in counted.alerte.text
    assert "prolongation suffit" in counted.alerte.text


def test_two_short_is_said_in_figures_and_promises_no_single_entry():
    ends = [person(name, end="2026-12-18") for name in ("y", "z")]
    counted = compter(register(*crowd(24), *ends))
    assert counted.alerte is not None
    assert "2 de moins" in counted.alerte.title
    assert "suffit" not in counted.alerte.text


def test_an_end_made_good_before_the_next_year_keeps_the_ceiling():
    counted = compter(register(*crowd(25), person("z", end="2026-12-18"), person("n", start="2026-12-28")))
    assert counted.alerte is not None
    assert "resterait" in counted.alerte.text


@pytest.mark.parametrize(
    "engagements",
    [
        crowd(27),
        [*crowd(26), person("z", end="2026-12-18")],
        [*crowd(25), person("z", end="2027-09-30")],
        crowd(3),
        [],
    ],
    ids=["nobody leaves", "the step still reached", "too far ahead", "no right", "empty"],
)
def test_nothing_is_warned_of_when_no_step_is_about_to_be_lost(engagements):
    assert compter(register(*engagements)).alerte is None


def test_a_year_past_warns_of_nothing():
    assert compter(register(*crowd(25), person("z", end="2027-01-10"), today=dt.date(2027, 2, 1))).alerte is None


def test_the_reasons_count_each_group_and_lead_to_the_rules():
    ill = person("m")
    counted = compter(register(*crowd(25), ill, person("t", statut="TGD"), person("x", statut="aucun")))
    told = pourquoi(counted)
    assert told.question == "Pourquoi 27 ?"
    sentences = [step.sentence for step in told.steps]
    assert "26 personnes comptées : TD à l'engagement." in sentences
    assert "1 personne comptée : TGD à l'engagement." in sentences
    assert "1 personne non comptée : ni TD ni TGD à l'engagement." in sentences
    assert ("règle accompagnement_social.effectif", "/regles/accompagnement_social.effectif/") in told.sources


def test_the_curve_marks_the_step_reached_and_says_what_moved():
    drawn = courbe(compter(register(*crowd(26), person("z", end="2026-08-31"))), id="c")
    assert [(change.since, change.persons) for change in drawn.changes] == [
        (dt.date(2026, 1, 1), 27),
        (dt.date(2026, 9, 1), 26),
    ]
    assert drawn.changes[1].why == "1 personne de moins"
    assert any(label.kind == "tb" and label.text.startswith("26 personnes") for label in drawn.labels)


@given(st.integers(0, 70), st.integers(0, 20), st.integers(0, 20))
def test_a_hypothesis_adds_and_removes_exactly_that_many(present, entrees, sorties):
    des = dt.date(2026, 12, 1)
    real = register(*crowd(present))
    supposed = supposer(real, entrees=entrees, sorties=sorties, des=des)
    assert supposed.suivant.value.retenu == max(0, present - sorties) + entrees
    assert supposed.periode.value.au_debut == present


def test_a_hypothesis_takes_those_who_would_have_stayed():
    leaving = person("court", end="2026-12-31")
    supposed = supposer(register(leaving, person("long")), entrees=0, sorties=1, des=dt.date(2026, 12, 1))
    assert supposed.periode.value.a_la_fin == 1, "le départ déjà prévu n'est pas prévu deux fois"
    assert supposed.suivant.value.retenu == 0


def states(steps) -> list[str]:
    return [step.state for step in steps]


def test_a_year_without_file_asks_for_the_contract_first():
    steps = etapes(YEAR, None, (), TODAY)
    assert states(steps) == ["now", "todo", "todo", "todo", "todo"]
    assert steps[0].who == "Vous"
    assert steps[2].title == "Jour 327 sur 365"


@pytest.mark.django_db
def test_the_line_follows_the_rows_from_contract_to_balance():
    year = scene.make()
    row = scene.opened(year)
    law = annee(agree_depuis=dt.date(2024, 3, 15), as_of=scene.INSIDE).value
    inside, after = scene.INSIDE, dt.date(2026, 4, 2)
    assert states(etapes(law, row, (), inside)) == ["done", "todo", "now", "todo", "todo"]
    paid = actions.enregistrer_mouvement(
        subvention=row, kind=Mouvement.Kind.AVANCE, amount=D("40000"), moved_on=inside, by=year.by, now=scene.NOW
    )
    steps = etapes(law, row, (paid,), after)
    assert states(steps) == ["done", "done", "done", "now", "todo"]
    assert steps[1].title == f"Avance de 80{NBSP}% reçue"
    row.state = "justification_transmise"
    assert states(etapes(law, row, (paid,), after)) == ["done", "done", "done", "done", "now"]
    assert etapes(law, row, (paid,), after, after)[3].when == f"2{NBSP}avril 2026"
    row.state = "solde_liquide"
    assert states(etapes(law, row, (paid,), after))[4] == "done"


@pytest.mark.django_db
def test_the_gauge_shows_the_figures_of_the_decompte():
    year = scene.make()
    scene.opened(year)
    shown = justification(decompter(entreprise=year.entreprise, as_of=scene.INSIDE), dt.date(2026, 4, 2))
    assert [(part.name, part.amount) for part in shown.jauge.parts] == [
        ("Salaires et cotisations", D("40400.00")),
        ("Déplacements", D("0.00")),
        ("Fonctionnement retenu", D("1890.75")),
    ]
    assert shown.jauge.parts[2].maximum == D("6060.00")
    assert shown.jauge.target == D("50000.00")
    assert shown.verdict == f"Il reste 7.709,25{NBSP}€ à justifier."
    assert shown.suite.startswith("Le tableau A ne suffit pas") or "Il manque" in shown.suite


@pytest.mark.django_db
def test_a_year_that_runs_tells_where_it_stands_and_gives_no_verdict():
    year = scene.make()
    scene.opened(year)
    counted = decompter(entreprise=year.entreprise, as_of=scene.INSIDE)
    shown = justification(counted, counted.faits.annee.fin)
    assert shown.verdict == f"À ce jour, 42.290,75{NBSP}€ sont prouvés sur 50.000,00{NBSP}€."
    assert shown.suite.startswith(f"Il manque 7.709,25{NBSP}€ : les salaires")
    assert "Arrêtez-vous" not in shown.suite


def test_without_approval_the_page_gives_the_button(gestionnaire):
    page = gestionnaire.get("/gestion/")
    assert "Aucun agrément n’est enregistré." in text(page)
    assert b'href="/gestion/entreprise/agrements/nouveau/"' in page.content


def test_without_worker_the_page_gives_the_import(gestionnaire, entreprise):
    AgrementFactory(entreprise=entreprise)
    page = gestionnaire.get("/gestion/")
    assert "Aucun travailleur n’est au registre." in text(page)
    assert b'href="/gestion/travailleurs/imports/"' in page.content


def test_a_year_over_says_what_was_and_offers_no_hypothesis(gestionnaire, entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 1, 1))
    for _ in range(27):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    with on_day("2026-11-23"):
        over, running = (text(gestionnaire.get(f"/gestion/{year}-01-01/")) for year in (2025, 2026))
    assert "27 personnes" in over.replace(NBSP, " ")
    assert "Un départ est possible" in running
    assert "Un départ est possible" not in over
    assert "Essayer une hypothèse" not in over


def test_a_year_to_come_says_so_and_an_unknown_one_is_no_address(gestionnaire, entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 3, 15))
    with on_day("2025-06-01"):
        page = gestionnaire.get("/gestion/2026-03-15/")
        assert page.status_code == 200
        assert "ne commence que le 15/03/2026" in text(page)
        assert gestionnaire.get("/gestion/2026-03-16/").status_code == 404
        assert gestionnaire.get("/gestion/2026-02-31/").status_code == 404
        assert gestionnaire.get("/gestion/2030-03-15/").status_code == 404


def test_the_warning_stands_on_the_page_from_real_contracts(gestionnaire, entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 1, 1))
    for rank in range(26):
        ends = dt.date(2026, 12, 18) if rank == 0 else None
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise), ends_on=ends)
    with on_day("2026-11-23"):
        said = text(gestionnaire.get("/gestion/"))
    assert f"Le 19{NBSP}décembre 2026, vous serez 25".replace(NBSP, " ") in said.replace(NBSP, " ")


def test_three_hundred_workers_ask_no_more_than_three(gestionnaire, entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 1, 1))
    for _ in range(300):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    with at_most(45):
        assert gestionnaire.get("/gestion/").status_code == 200


@pytest.fixture
def running(entreprise):
    AgrementFactory(entreprise=entreprise, starts_on=dt.date(2024, 1, 1))
    for _ in range(9):
        EngagementFactory(travailleur=TravailleurFactory(entreprise=entreprise))
    with on_day("2026-11-23"):
        yield "/gestion/2026-01-01/hypothese/"


def test_a_hypothesis_is_counted_from_its_address_and_stored_nowhere(gestionnaire, running):
    page = gestionnaire.get(running, {"entrees": "0", "sorties": "2", "des": "01/12/2026"})
    assert page.context["real"].droit_suivant.value.plafond == D("25000")
    assert page.context["supposed"].droit_suivant.value.plafond == 0
    assert EngagementRow.objects.count() == 9


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"entrees": "deux", "sorties": "0", "des": "01/12/2026"}, "nombre entier de personnes"),
        ({"entrees": "1000000000", "sorties": "0", "des": "01/12/2026"}, "au plus 500"),
        ({"entrees": "-1", "sorties": "0", "des": "01/12/2026"}, "zéro ou plus"),
        ({"entrees": "1e3", "sorties": "0", "des": "01/12/2026"}, "nombre entier de personnes"),
        ({"entrees": "1", "sorties": "0", "des": "31/02/2026"}, "n’existe pas"),
        ({"entrees": "1", "sorties": "0", "des": "01/12/2031"}, "hors de l’année"),
    ],
)
def test_a_wrong_hypothesis_is_given_back_with_its_sentence(gestionnaire, running, typed, said):
    page = gestionnaire.get(running, typed)
    assert page.status_code == 422
    assert said in text(page)
    form = BeautifulSoup(page.content, "html.parser")
    assert {name: form.find(attrs={"name": name})["value"] for name in typed} == typed


def test_a_swapped_hypothesis_equals_its_reload(gestionnaire, running):
    url = f"{running}?entrees=1&sorties=0&des=01/12/2026"
    before = gestionnaire.get(running).content
    swapped = gestionnaire.get(url, headers={"HX-Request": "true"}).content
    assert_swap_equals_reload(gestionnaire, url, before, swapped, "#hypothese-resultat")


def test_another_role_has_no_dashboard(sign_in, entreprise):
    assert sign_in(Role.ACCOMPAGNATEUR, entreprise).get("/gestion/").status_code == 404
