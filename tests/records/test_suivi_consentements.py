"""A consent from its question to its end: what holds on which day, what each answer closes, what is kept for ever."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from clefdevoute.records.suivi import consentements, traits
from clefdevoute.records.suivi import textes_consentement as textes
from clefdevoute.records.suivi.actions import consentements as actions
from clefdevoute.records.suivi.models import Consentement, MouvementConsentement
from tests.records.factories import EntrepriseInsertionFactory, TravailleurFactory, actor
from tests.records.factories_bilan import STROKES, ConsentementFactory, MouvementConsentementFactory

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)
Etat = Consentement.Etat


@pytest.fixture
def person(db):
    return TravailleurFactory()


@pytest.fixture
def nadia(person):
    return replace(actor(Role.ACCOMPAGNATEUR, person.entreprise), on=TODAY)


def asked(person, by, purpose="forem", on=dt.date(2026, 1, 10), **more):
    return actions.demander(travailleur=person, purpose=purpose, asked_on=on, by=by, now=NOW, **more)


def yes(row, by, on=dt.date(2026, 1, 12), **more):
    return actions.donner(consentement=row, given_on=on, signature="papier", by=by, now=NOW, **more)


@pytest.mark.django_db
def test_a_yes_holds_from_its_day_until_it_is_taken_back_that_very_day(person, nadia):
    row = asked(person, nadia)
    assert row.etat(TODAY) is Etat.DEMANDE
    assert consentements.en_vigueur(person, "forem", TODAY) is None
    row = yes(row, nadia)
    assert row.expires_on == dt.date(2028, 1, 12)
    assert consentements.en_vigueur(person, "forem", dt.date(2026, 1, 11)) is None
    assert consentements.en_vigueur(person, "forem", dt.date(2026, 1, 12)) == row
    assert consentements.en_vigueur(person, "forem", dt.date(2028, 1, 12)) == row
    assert consentements.en_vigueur(person, "forem", dt.date(2028, 1, 13)) is None
    assert row.etat(dt.date(2028, 1, 13)) is Etat.ECHU
    row = actions.retirer(consentement=row, withdrawn_on=TODAY, by=nadia, now=NOW)
    assert consentements.en_vigueur(person, "forem", TODAY) is None
    assert consentements.en_vigueur(person, "forem", dt.date(2026, 11, 21)) == row
    assert row.etat(TODAY) is Etat.RETIRE
    kinds = [one.kind for one in MouvementConsentement.objects.filter(consentement=row)]
    assert kinds == ["demande", "donne", "retire"]
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert events >= {"suivi.consentement_demande", "suivi.consentement_donne", "suivi.consentement_retire"}


@pytest.mark.django_db
def test_a_new_yes_replaces_the_older_and_a_new_no_ends_it(person, nadia):
    first = yes(asked(person, nadia), nadia)
    second = yes(asked(person, nadia, on=dt.date(2026, 6, 1)), nadia, on=dt.date(2026, 6, 2))
    first.refresh_from_db()
    assert (first.replaced_on, first.etat(TODAY)) == (dt.date(2026, 6, 2), Etat.ECHU)
    assert consentements.en_vigueur(person, "forem", TODAY) == second
    third = asked(person, nadia, on=dt.date(2026, 9, 1))
    assert consentements.en_vigueur(person, "forem", TODAY) == second, "une question ne retire rien"
    actions.refuser(consentement=third, refused_on=dt.date(2026, 9, 1), by=nadia, now=NOW)
    assert consentements.en_vigueur(person, "forem", TODAY) is None
    second.refresh_from_db()
    assert second.withdrawn_on == dt.date(2026, 9, 1)


@pytest.mark.django_db
def test_two_services_may_be_named_side_by_side_and_one_is_always_named(person, nadia):
    one = yes(asked(person, nadia, "contact_tiers", tiers="Le Relais social"), nadia)
    two = yes(asked(person, nadia, "contact_tiers", tiers="La crèche"), nadia)
    one.refresh_from_db()
    assert one.etat(TODAY) is two.etat(TODAY) is Etat.DONNE
    with pytest.raises(RowRefused, match="Écrivez le service"):
        asked(person, nadia, "contact_tiers")


@pytest.mark.django_db
def test_the_state_of_each_purpose_is_read_in_one_query(person, nadia, django_assert_num_queries):
    yes(asked(person, nadia), nadia)
    asked(person, nadia, on=dt.date(2026, 11, 1))
    refused = asked(person, nadia, "rappel_sortie")
    actions.refuser(consentement=refused, refused_on=TODAY, by=nadia, now=NOW)
    asked(person, nadia, "sante_equipe")
    with django_assert_num_queries(1):
        found = {one.purpose: one.etat for one in consentements.questions(person, TODAY)}
    assert found == {
        "forem": Etat.DONNE,
        "rappel_sortie": Etat.REFUSE,
        "sante_equipe": Etat.DEMANDE,
        "contact_tiers": Etat.NON_DEMANDE,
    }


@pytest.mark.django_db
def test_what_cannot_be_is_refused_in_a_sentence(person, nadia):
    tomorrow = dt.date(2026, 11, 23)
    with pytest.raises(RowRefused, match="n’est pas encore passé"):
        asked(person, nadia, on=tomorrow)
    row = asked(person, nadia)
    with pytest.raises(RowRefused, match="déjà posée"):
        asked(person, nadia)
    with pytest.raises(RowRefused, match="n’est pas encore passé"):
        yes(row, nadia, on=tomorrow)
    with pytest.raises(RowRefused, match="précède la question"):
        yes(row, nadia, on=dt.date(2026, 1, 9))
    with pytest.raises(RowRefused, match="pas encore de signature"):
        actions.donner(consentement=row, given_on=TODAY, signature="ecran", strokes="[]", by=nadia, now=NOW)
    with pytest.raises(RowRefused, match="pas de oui en cours"):
        actions.retirer(consentement=row, withdrawn_on=TODAY, by=nadia, now=NOW)
    yes(row, nadia)
    with pytest.raises(RowRefused, match="déjà sa réponse"):
        yes(row, nadia)


@pytest.mark.django_db
def test_strokes_are_sealed_and_movements_cannot_be_touched(person, nadia):
    row = asked(person, nadia)
    row = actions.donner(consentement=row, given_on=TODAY, signature="ecran", strokes=STROKES, by=nadia, now=NOW)
    assert Consentement.objects.get(pk=row.pk).strokes == STROKES
    move = MouvementConsentement.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        MouvementConsentement.objects.filter(pk=move.pk).update(kind="refuse")
    with pytest.raises(DatabaseError), transaction.atomic():
        move.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_consents_are_seen_and_written_by_the_accompagnateurs_alone(role):
    row = ConsentementFactory(donne=True)
    move = MouvementConsentementFactory(consentement=row)
    who, stranger = actor(role, row.entreprise), actor(role, EntrepriseInsertionFactory())
    inside = role is Role.ACCOMPAGNATEUR
    for model in (Consentement, MouvementConsentement):
        assert model.objects.visible_to(who).exists() is inside
        assert not model.objects.visible_to(stranger).exists()
    assert move.travailleur_id == row.travailleur_id
    for refused_to in [stranger] if inside else [who, stranger]:
        with pytest.raises(AccessDenied):
            actions.retirer(consentement=row, withdrawn_on=TODAY, by=refused_to, now=NOW)


@pytest.mark.django_db
def test_who_has_a_consent_is_found_for_many_in_one_query(django_assert_num_queries):
    entreprise = EntrepriseInsertionFactory()
    rows = [ConsentementFactory(donne=True, travailleur__entreprise=entreprise) for _ in range(3)]
    gone = ConsentementFactory(retire=True, travailleur__entreprise=entreprise)
    ids = [row.travailleur_id for row in [*rows, gone]]
    with django_assert_num_queries(1):
        assert consentements.ids_avec(entreprise.pk, "forem", TODAY, ids) == set(ids[:3])


@pytest.mark.parametrize("purpose", Consentement.Purpose.values)
def test_each_purpose_has_a_text_in_four_languages_and_a_term(purpose):
    version = textes.version_en_vigueur(purpose, TODAY)
    words = {code: textes.texte(purpose, version, code).texte for code in textes.LANGUES}
    assert len(set(words.values())) == 4
    assert "Je peux dire non" in words["fr"]
    assert "retirer mon oui" in words["fr"]
    assert "onsentement" not in words["fr"]
    assert textes.version_en_vigueur(purpose, dt.date(2019, 1, 1)) == "2024-1"
    assert textes.echeance(purpose, TODAY) > TODAY


def test_a_version_once_read_is_never_removed():
    with pytest.raises(LookupError):
        textes.texte("forem", "1999-1", "fr")


@given(st.text(max_size=300))
def test_what_a_browser_sends_never_breaks_the_reader(texte):
    try:
        read = traits.lire(texte)
    except RowRefused:
        return
    assert traits.lire(traits.ecrire(read)) == read


WRONG = ["{}", "[[[1]]]", '[[["a","b"]]]', "[[[1,2,3]]]", "null", "[" * 5000, '[[[1,"<svg>"]]]', "[[[true,1]]]"]


@pytest.mark.parametrize("texte", [*WRONG, "9" * 130000, "[[[Infinity,1]]]", "[[[NaN,1]]]"])
def test_a_wrong_drawing_is_refused(texte):
    with pytest.raises(RowRefused, match="signature"):
        traits.lire(texte)


def test_strokes_stay_in_the_sheet_and_become_paths():
    read = traits.lire("[[[-5, 9000], [3.4, 7], [1, 2], [3, 4], [5, 6]], [[8, 8]]]")
    assert read[0][0] == (0, 400)
    assert traits.chemins(traits.ecrire(read)) == ["M0 400L3 7L1 2L3 4L5 6", "M8 8L8 8"]
    assert traits.chemins(None) == []
