"""The other pages of a dossier: synthesis, impediments, identity, accesses, homonyms, search."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clefdevoute.records.agenda.models import Empechement
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.personnes.models import Homonymie
from clefdevoute.records.suivi.models import Demarche, Objectif, Synthese
from tests.records.factories import EngagementFactory, EntrepriseInsertionFactory, TravailleurFactory
from tests.records.factories_dossier import DemarcheFactory, ObjectifFactory, SyntheseFactory

pytestmark = pytest.mark.django_db
BORN = dt.date(1994, 9, 4)


@pytest.fixture
def person(entreprise):
    return EngagementFactory(
        travailleur__entreprise=entreprise,
        travailleur__name="Boisclair",
        travailleur__first_name="Samira",
        travailleur__birth_date=BORN,
    ).travailleur


@pytest.fixture
def helene(sign_in, entreprise):
    return sign_in(Role.ACCOMPAGNATEUR, entreprise)


def at(name, person, **more):
    return reverse(f"accompagnateur:{name}", kwargs={"pk": person.pk, **more})


def text_of(answer):
    return answer.content.decode()


def test_the_synthesis_is_made_read_confirmed_and_the_former_one_stays(helene, person):
    goal = ObjectifFactory(travailleur=person)
    DemarcheFactory(travailleur=person, objectif=goal, faite=True)
    url = at("synthese", person)
    assert "Obtenir une place en crèche" in text_of(helene.get(url)), "it makes itself from the records"
    assert not Synthese.objects.exists(), "and looking writes nothing"
    page = text_of(helene.post(url, follow=True))
    assert "Obtenir une place en crèche" in page
    assert "Visiter la crèche de Hautpont" in page
    assert "la confirmation de la synthèse" in page
    first = Synthese.objects.get()
    page = text_of(helene.post(at("synthese_confirmer", person, synthese=first.pk), follow=True))
    assert "À jour et confirmée" in page
    goal.title = "Un autre texte"
    goal.save()
    assert "Obtenir une place en crèche" in text_of(helene.get(url)), "ce qui est figé ne suit pas les corrections"
    helene.post(url)
    page = text_of(helene.get(url))
    assert "Un autre texte" in page
    assert "Synthèses précédentes" in page
    old = text_of(helene.get(f"{url}?le={first.pk}"))
    assert "Ce n’est pas la dernière synthèse" in old
    refused = text_of(helene.post(at("synthese_confirmer", person, synthese=first.pk), follow=True))
    assert "Un autre texte" in refused


def test_a_synthesis_of_another_person_is_not_to_be_found(helene, person, entreprise):
    other = SyntheseFactory(travailleur__entreprise=entreprise)
    assert helene.get(f"{at('synthese', person)}?le={other.pk}").status_code == 404
    assert helene.post(at("synthese_confirmer", person, synthese=other.pk)).status_code == 404
    assert helene.get(f"{at('synthese', person)}?le=x").status_code == 200


def test_an_impediment_is_noted_ended_and_withdrawn(helene, person):
    url = at("empechements", person)
    data = {"reason": "incapacite", "starts_on": "01/10/2026"}
    page = text_of(helene.post(url, data, follow=True))
    assert "Incapacité de travail de longue durée" in page
    row = Empechement.objects.get()
    assert "Empêchement motivé" in text_of(helene.get(at("dossier", person)))
    wrong = helene.post(at("empechement_retour", person, empechement=row.pk), {"returns_on": "31/02/2026"})
    assert wrong.status_code == 422
    assert "31/02/2026" in text_of(wrong)
    helene.post(at("empechement_retour", person, empechement=row.pk), {"returns_on": "15/10/2026"})
    row.refresh_from_db()
    assert row.returns_on == dt.date(2026, 10, 15)
    page = text_of(helene.post(at("empechement_retirer", person, empechement=row.pk), follow=True))
    assert "retiré le" in page
    again = helene.post(at("empechement_retirer", person, empechement=row.pk), follow=True)
    assert "a été retiré" in text_of(again)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reason": "incapacite", "starts_on": "01/10/2099"}, "quand il a commencé"),
        ({"reason": "incapacite", "starts_on": "02/10/2026", "returns_on": "01/10/2026"}, "Le retour précède"),
        ({"reason": "x", "starts_on": "02/10/2026"}, "Motif"),
        ({"reason": "incapacite", "starts_on": ""}, "Il manque la date"),
    ],
)
def test_a_wrong_impediment_comes_back_as_it_was_typed(helene, person, data, sentence):
    answer = helene.post(at("empechements", person), data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert data["starts_on"] in text_of(answer)
    assert not Empechement.objects.exists()


def test_identity_is_read_and_only_the_contact_is_completed(helene, person):
    url = at("signaletique", person)
    page = text_of(helene.get(url))
    assert "le statut vérifié" in page
    assert "demandez-le à la gestionnaire" in page
    assert 'name="niss"' not in page
    assert 'name="name"' not in page
    helene.post(url, {"phone": "0470 00 00 00", "name": "Autre"})
    person.refresh_from_db()
    assert (person.phone, person.name) == ("0470 00 00 00", "Boisclair")
    wrong = helene.post(url, {"email": "sans arobase"})
    assert wrong.status_code == 422
    assert "sans arobase" in text_of(wrong)


def test_the_national_number_is_never_shown(helene, person):
    person.entreprise.niss_enabled = True
    person.entreprise.save()
    person.niss = "85073003328"
    person.save()
    for name in ("dossier", "signaletique", "synthese", "acces", "ajouter"):
        page = text_of(helene.get(at(name, person)))
        assert "85073003328" not in page
        assert "85.07.30" not in page


def test_each_opening_is_shown_with_its_name_its_role_and_its_day(helene, person, sign_in):
    helene.get(at("dossier", person))
    helene.get(at("dossier", person))
    page = text_of(helene.get(at("acces", person)))
    assert AuditEvent.objects.filter(event="suivi.dossier_ouvert").count() == 1
    assert "Accompagnateur social" in page
    assert "1 ouverture" in page


def test_homonyms_are_warned_of_then_joined_and_parted(helene, person, entreprise):
    twin = TravailleurFactory(entreprise=entreprise, name="Boisclair", first_name="Samira", birth_date=BORN)
    goal = ObjectifFactory(travailleur=twin)
    assert "Deux fiches portent ce nom" in text_of(helene.get(at("dossier", person)))
    page = text_of(helene.post(at("doublon", person, autre=twin.pk), {"decision": "meme"}, follow=True))
    assert "Une autre fiche est jointe à celle-ci" in page
    assert "Obtenir une place en crèche" in text_of(helene.get(at("dossier", person)))
    assert "Cette fiche est jointe à une autre" in text_of(helene.get(at("dossier", twin)))
    page = text_of(helene.post(at("doublon", person, autre=twin.pk), {"decision": "distinctes"}, follow=True))
    assert "est une autre personne" in page
    goal.refresh_from_db()
    assert goal.travailleur_id == twin.pk
    stranger = TravailleurFactory(entreprise=EntrepriseInsertionFactory())
    assert helene.post(at("doublon", person, autre=stranger.pk), {"decision": "meme"}).status_code == 404
    assert Homonymie.objects.count() == 2


def test_the_register_says_that_it_already_knows_a_person(gestionnaire, person):
    data = {"name": "BOISCLAIR", "first_name": "Samira", "birth_date": "04/09/1994"}
    page = text_of(gestionnaire.post(reverse("gestionnaire:travailleur_nouveau"), data, follow=True))
    assert f"que le n° {person.number}" in page.replace("\u00a0", " ")
    data["birth_date"] = "05/09/1994"
    again = text_of(gestionnaire.post(reverse("gestionnaire:travailleur_nouveau"), data, follow=True))
    assert "Même nom et même date" not in again


def test_an_objective_is_changed_on_its_page_and_its_history_stands_below(helene, person):
    helene.post(at("objectif_nouveau", person), {"title": "Lire un plan", "horizon": "moyen", "wish": "Pour avancer"})
    goal = Objectif.objects.get()
    url = at("objectif", person, objectif=goal.pk)
    data = {"title": "Lire un plan de coupe", "horizon": "moyen", "review_on": "01/12/2099", "status": "abandonne"}
    wrong = helene.post(url, data)
    assert wrong.status_code == 422
    assert "porte son motif" in text_of(wrong)
    assert "Lire un plan de coupe" in text_of(wrong)
    assert helene.post(url, data | {"reason": "impossible"}).status_code == 302
    page = text_of(helene.get(url))
    assert "Statut changé" in page
    assert "« Lire un plan »" in page
    other = ObjectifFactory(travailleur__entreprise=person.entreprise)
    assert helene.get(at("objectif", person, objectif=other.pk)).status_code == 404


def test_an_action_already_done_is_noted_and_later_corrected(helene, person):
    data = {"text": "Appel au CPAS", "kind": "sociale", "par": "travailleur", "done_on": "01/10/2026"}
    assert helene.post(at("demarche_nouvelle", person), data).status_code == 302
    row = Demarche.objects.get()
    assert (row.status, row.avec, row.par) == ("realise", False, "travailleur")
    future = helene.post(at("demarche_nouvelle", person), data | {"done_on": "01/10/2099"})
    assert future.status_code == 422
    assert "à venir" in text_of(future)
    url = at("demarche", person, demarche=row.pk)
    helene.post(url, data | {"status": "en_cours", "done_on": "", "text": "Appel au CPAS de Namur"})
    assert "Réouverture" in text_of(helene.get(url))


def test_the_search_finds_persons_first_then_words_and_says_so_in_the_accesses(helene, person):
    DemarcheFactory(travailleur=person, text="Inscrire à la crèche Boisclair")
    url = reverse("accompagnateur:chercher")
    page = text_of(helene.get(url, {"q": "boisclair"}))
    assert page.index("Travailleurs</h2>") < page.index("Dans les dossiers</h2>")
    for word in ("SAMI", "04/09/1994", person.number):
        assert at("dossier", person) in text_of(helene.get(url, {"q": word}))
    assert "<mark>crèche</mark>" in text_of(helene.get(url, {"q": "creche"}))
    assert "Recherche" in text_of(helene.get(at("acces", person)))
    with CaptureQueriesContext(connection) as few:
        helene.get(url, {"q": "creche"})
    for _ in range(9):
        DemarcheFactory(travailleur__entreprise=person.entreprise, text="Inscrire à la crèche")
    helene.get(url, {"q": "creche"})
    with CaptureQueriesContext(connection) as many:
        helene.get(url, {"q": "creche"})
    assert len(many) == len(few)


@pytest.mark.parametrize("word", ["", "%", "\0", "'; --", "x" * 5000, "<script>", "((", "\\"])
def test_an_odd_search_answers_in_a_sentence(helene, person, word):
    answer = helene.get(reverse("accompagnateur:chercher"), {"q": word})
    assert answer.status_code == 200
    assert "<script>alert" not in text_of(answer)


@pytest.mark.parametrize(
    "odd", ["\0", "9" * 40, "0001-01-01", "31/12/9999", "é" * 3000, "<img src=x onerror=alert(1)>"]
)
def test_an_odd_value_breaks_no_page(helene, person, odd):
    ObjectifFactory(travailleur=person)
    for name in ("genre", "du", "au", "page"):
        assert helene.get(at("dossier", person), {name: odd}).status_code == 200
    for name, fields in (
        ("objectif_ligne", ("o-title", "o-horizon")),
        ("demarche_ligne", ("d-text", "d-kind", "d-objectif", "d-promised_for")),
        ("objectif_nouveau", ("title", "horizon", "review_on")),
        ("demarche_nouvelle", ("text", "kind", "par", "objectif", "done_on", "promised_for")),
        ("empechements", ("reason", "starts_on", "returns_on")),
        ("signaletique", ("phone", "email", "postal_code")),
    ):
        answer = helene.post(at(name, person), dict.fromkeys(fields, odd))
        assert answer.status_code in {302, 422, 409}, name
        assert "<img src=x" not in text_of(answer)
    assert "<img src=x" not in text_of(helene.get(at("dossier", person)))
