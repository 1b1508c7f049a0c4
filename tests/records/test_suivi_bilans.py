"""A bilan from its first word to its signature: partial, dated, compared, disagreed with, sealed."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import connection

from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.suivi import bilans as facts
from clefdevoute.records.suivi import domaines
from clefdevoute.records.suivi.actions import bilans, signatures
from clefdevoute.records.suivi.actions import domaines as gestes
from clefdevoute.records.suivi.actions.bilans import BilanPerime, Saisie
from clefdevoute.records.suivi.models import Bilan, BilanSante, CoteBilan, DomaineBilan
from tests.records.factories import EntrepriseInsertionFactory, ProofFileFactory, TravailleurFactory, UserFactory, actor
from tests.records.factories_bilan import (
    STROKES,
    BilanFactory,
    BilanSanteFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DomaineBilanFactory,
    SignatureBilanFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def person():
    return TravailleurFactory()


@pytest.fixture
def nadia(person):
    return replace(actor(Role.ACCOMPAGNATEUR, person.entreprise), on=TODAY)


def begun(person, by, on=TODAY):
    return bilans.commencer(travailleur=person, held_on=on, by=by, now=NOW)


def cote(bilan, name):
    return CoteBilan.objects.get(bilan=bilan, name=name)


def saved(bilan, by, revision=0, **more):
    values = {"held_on": None, "cotes": {}} | more
    return bilans.enregistrer(bilan=bilan, revision=revision, by=by, now=NOW, **values)


def done(person, by, *names, on=TODAY, niveau=2):
    row = begun(person, by, on)
    saved(row, by, cotes={cote(row, name).pk: Saisie(niveau, text="Noté.") for name in names})
    return bilans.terminer(bilan=row, by=by, now=NOW)


def test_a_bilan_begins_over_the_domains_of_the_law_and_health_stands_apart(person, nadia):
    row = begun(person, nadia)
    names = list(CoteBilan.objects.filter(bilan=row).values_list("name", flat=True))
    assert names == [name for _, name in domaines.DEFAUTS]
    assert "anté" not in " ".join(names)
    assert begun(person, nadia) == row, "un bilan commencé se reprend"
    assert not BilanSante.objects.exists()


def test_a_part_is_saved_the_rest_waits_and_the_words_are_sealed(person, nadia):
    row = begun(person, nadia)
    home = cote(row, "Logement")
    saved(row, nadia, cotes={home.pk: Saisie(1, True, "Dort chez une amie.", "Un studio.")})
    home = cote(row, "Logement")
    assert (home.niveau, home.frein, home.text, home.wish) == (1, True, "Dort chez une amie.", "Un studio.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, wish FROM suivi_cotebilan WHERE niveau = 1")
        assert b"amie" not in b"".join(bytes(value) for value in cursor.fetchone())
    row = bilans.terminer(bilan=row, by=nadia, now=NOW)
    (read,) = facts.lus(person, nadia)
    assert read.manque == ("il manque le domaine professionnel",)
    assert [one.name for one in read.freins] == ["Logement"]


def test_an_empty_bilan_and_a_day_to_come_are_refused_and_nothing_blocks_saving(person, nadia):
    row = begun(person, nadia)
    with pytest.raises(RowRefused, match="Rien n’est encore noté"):
        bilans.terminer(bilan=row, by=nadia, now=NOW)
    tomorrow = dt.date(2026, 11, 23)
    row = saved(row, nadia, held_on=tomorrow, cotes={cote(row, "Mobilité").pk: Saisie(text="À pied.")})
    assert row.held_on == TODAY, "une date à venir ne se garde pas, et ne bloque rien"
    assert cote(row, "Mobilité").text == "À pied."
    with pytest.raises(RowRefused, match="n’est pas encore passé"):
        begun(TravailleurFactory(entreprise=person.entreprise), nadia, on=tomorrow)
    with pytest.raises(RowRefused, match="8000"):
        saved(row, nadia, 1, cotes={cote(row, "Mobilité").pk: Saisie(text="x" * 8001)})


def test_two_tabs_that_disagree_are_told_and_nothing_is_written_before_a_choice(person, nadia):
    row = begun(person, nadia)
    key = cote(row, "Mobilité").pk
    saved(row, nadia, 0, cotes={key: Saisie(2, text="Le bus.")})
    saved(row, nadia, 0, cotes={key: Saisie(2, text="Le bus.")})
    with pytest.raises(BilanPerime, match="Rien n’est perdu"):
        saved(row, nadia, 0, cotes={key: Saisie(3, text="Le train.")})
    assert cote(row, "Mobilité").text == "Le bus."
    saved(row, nadia, 0, cotes={key: Saisie(3, text="Le train.")}, force=True)
    assert cote(row, "Mobilité").text == "Le train."


def test_finished_it_stays_reopened_until_an_opinion(person, nadia):
    row = done(person, nadia, "Logement")
    with pytest.raises(RowRefused, match="il reste tel quel"):
        saved(row, nadia, 1, cotes={cote(row, "Logement").pk: Saisie(4)})
    row = bilans.rouvrir(bilan=row, by=nadia, now=NOW)
    row = bilans.terminer(bilan=row, by=nadia, now=NOW)
    signatures.donner_avis(bilan=row, avis="accord", words="", given_on=TODAY, by=nadia, now=NOW)
    with pytest.raises(RowRefused, match="il ne change plus"):
        bilans.rouvrir(bilan=row, by=nadia, now=NOW)


def test_the_person_disagrees_in_her_words_then_signs(person, nadia):
    row = begun(person, nadia)
    with pytest.raises(RowRefused, match="n’est pas terminé"):
        signatures.donner_avis(bilan=row, avis="accord", words="", given_on=TODAY, by=nadia, now=NOW)
    saved(row, nadia, cotes={cote(row, "Formation").pk: Saisie(1)})
    row = bilans.terminer(bilan=row, by=nadia, now=NOW)
    signatures.donner_avis(
        bilan=row, avis="desaccord", words="Je sais déjà lire un plan.", given_on=TODAY, by=nadia, now=NOW
    )
    (read,) = facts.lus(person, nadia)
    assert (read.avis.avis, read.avis.words, read.signature) == ("desaccord", "Je sais déjà lire un plan.", None)
    assert "pas d’accord" in read.avis.phrase
    signed = signatures.signer(bilan=row, avis="accord", words="", signed_on=TODAY, strokes=STROKES, by=nadia, now=NOW)
    (read,) = facts.lus(person, nadia)
    assert (read.avis.avis, read.signature) == ("accord", signed)
    assert read.avis.phrase == "Je signe : je suis d’accord."


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"signed_on": dt.date(2026, 11, 23)}, "n’est pas encore passé"),
        ({"signed_on": dt.date(2026, 11, 21)}, "précède le bilan"),
        ({"strokes": "[]"}, "pas encore de signature"),
        ({"avis": "peut-etre"}, "n’est pas un choix valide|d’accord en partie"),
    ],
)
def test_a_wrong_signature_is_refused_and_leaves_no_opinion(person, nadia, more, says):
    row = done(person, nadia, "Logement")
    values = {"avis": "accord", "words": "", "signed_on": TODAY, "strokes": STROKES} | more
    with pytest.raises(RowRefused, match=says):
        signatures.signer(bilan=row, by=nadia, now=NOW, **values)
    assert facts.lus(person, nadia)[0].avis is None


def test_the_paper_scanned_back_is_the_signature(person, nadia):
    row = done(person, nadia, "Logement")
    page = ProofFileFactory(entreprise=person.entreprise, classe="secret_social")
    signed = signatures.signer(bilan=row, avis="en_partie", words="", signed_on=TODAY, proof=page, by=nadia, now=NOW)
    assert (signed.kind, signed.strokes) == ("papier", None)


def test_both_families_make_a_bilan_even_noted_on_two_days(person, nadia, django_assert_num_queries):
    done(person, nadia, "Compétences", on=dt.date(2026, 3, 1))
    with django_assert_num_queries(1):
        found = facts.derniers_bilans(person.entreprise_id, as_of=TODAY)[person.pk]
    assert (found.held_on, found.manque) == (None, "il manque le domaine personnel")
    done(person, nadia, "Logement", on=dt.date(2026, 6, 1))
    found = facts.derniers_bilans(person.entreprise_id, [person.pk], as_of=TODAY)[person.pk]
    assert (found.held_on, found.manque) == (dt.date(2026, 3, 1), "")
    assert facts.derniers_bilans(person.entreprise_id, as_of=dt.date(2026, 2, 1)) == {}


def test_the_evidence_of_task_three_is_dates_and_keys(person, nadia):
    row = done(person, nadia, "Compétences", on=dt.date(2026, 3, 1))
    signatures.signer(
        bilan=row, avis="accord", words="", signed_on=dt.date(2026, 4, 2), strokes=STROKES, by=nadia, now=NOW
    )
    begun(person, nadia)
    year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
    found = facts.preuves_bilan(person.entreprise_id, [person.pk], **year)
    assert found == {
        person.pk: [(3, dt.date(2026, 3, 1), "suivi.bilan", row.pk), (3, dt.date(2026, 4, 2), "suivi.bilan", row.pk)]
    }
    later = {"start": dt.date(2026, 3, 2), "end": dt.date(2026, 4, 1)}
    assert facts.preuves_bilan(person.entreprise_id, [person.pk], **later) == {}


def test_a_domain_renamed_keeps_its_old_name_in_old_bilans_and_still_compares(person, nadia):
    first = done(person, nadia, "Logement", on=dt.date(2026, 1, 5), niveau=1)
    ei = person.entreprise_id
    home = DomaineBilan.objects.get(name="Logement")
    gestes.renommer(entreprise_id=ei, pk=home.pk, name="Toit", by=nadia, now=NOW)
    gestes.retirer(entreprise_id=ei, pk=DomaineBilan.objects.get(name="Entourage").pk, on=TODAY, by=nadia, now=NOW)
    gestes.ajouter(entreprise_id=ei, famille="personnel", name="Numérique", by=nadia, now=NOW)
    last = done(person, nadia, "Toit", "Numérique", niveau=3)
    read = {one.bilan.pk: one for one in facts.lus(person, nadia)}
    assert "Logement" in {one.name for one in read[first.pk].cotes}
    assert "Entourage" not in {one.name for one in read[last.pk].cotes}
    gaps = {one.name: one for one in facts.comparer(read[first.pk], read[last.pk])}
    assert gaps["Toit"].pas == 2
    assert (gaps["Entourage"].dernier, gaps["Numérique"].premier, gaps["Numérique"].pas) == (None, None, None)


def test_the_domains_are_edited_with_sentences(person, nadia):
    ei = person.entreprise_id
    defaults = domaines.en_usage(ei, TODAY)
    assert not DomaineBilan.objects.exists(), "lire n’écrit rien"
    gestes.renommer(entreprise_id=ei, pk=defaults[0].pk, name="Poste", by=nadia, now=NOW)
    assert domaines.en_usage(ei, TODAY)[0].name == "Poste"
    with pytest.raises(RowRefused, match="existe déjà"):
        gestes.ajouter(entreprise_id=ei, famille="personnel", name="Logement", by=nadia, now=NOW)
    with pytest.raises(RowRefused, match="n’est plus en usage"):
        gestes.retirer(entreprise_id=ei, pk=uuid.uuid4(), on=TODAY, by=nadia, now=NOW)
    for one in defaults[:3]:
        gestes.retirer(entreprise_id=ei, pk=one.pk, on=TODAY, by=nadia, now=NOW)
    with pytest.raises(RowRefused, match="le dernier domaine professionnel"):
        gestes.retirer(entreprise_id=ei, pk=defaults[3].pk, on=TODAY, by=nadia, now=NOW)
    with pytest.raises(AccessDenied):
        gestes.ajouter(
            entreprise_id=ei, famille="personnel", name="X", by=actor(Role.GESTIONNAIRE, person.entreprise), now=NOW
        )


def test_health_is_read_by_its_author_and_by_the_team_only_while_the_person_says_yes(person, nadia):
    colleague = replace(actor(Role.ACCOMPAGNATEUR, person.entreprise), on=TODAY)
    row = begun(person, nadia)
    saved(row, nadia, sante=Saisie(2, True, "Mal au dos."))
    assert BilanSante.objects.visible_to(nadia).get().text == "Mal au dos."
    assert not BilanSante.objects.visible_to(colleague).exists()
    saved(row, colleague, 1, sante=Saisie(3, text="Autre parole."))
    assert BilanSante.objects.visible_to(nadia).get().text == "Mal au dos.", "chacune la sienne"
    yes = ConsentementFactory(sante=True, travailleur=person)
    assert BilanSante.objects.visible_to(colleague).count() == 2
    yes.withdrawn_on = TODAY
    yes.save()
    assert BilanSante.objects.visible_to(colleague).count() == 1
    assert BilanSante.objects.visible_to(replace(nadia, on=None)).count() == 1


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("make", [BilanFactory, CoteBilanFactory, BilanSanteFactory, SignatureBilanFactory])
def test_the_rows_are_seen_by_the_accompagnateurs_of_the_enterprise_alone(role, make):
    row = make()
    user = row.author if make is BilanSanteFactory else UserFactory()
    who = replace(actor(role, row.entreprise, user=user), on=TODAY)
    model = type(row)
    assert model.objects.visible_to(who).exists() is (role is Role.ACCOMPAGNATEUR)
    stranger = actor(role, EntrepriseInsertionFactory(), user=user)
    assert not model.objects.visible_to(stranger).exists()
    if role is not Role.ACCOMPAGNATEUR:
        with pytest.raises(AccessDenied):
            begun(row.travailleur, who)


@pytest.mark.parametrize("role", Role)
def test_the_domains_are_the_accompagnateurs_own(role):
    row = DomaineBilanFactory()
    assert DomaineBilan.objects.visible_to(actor(role, row.entreprise)).exists() is (role is Role.ACCOMPAGNATEUR)


def test_assigned_only_closes_a_bilan_to_who_does_not_follow(person, nadia):
    BilanFactory(travailleur=person)
    person.entreprise.assigned_only = True
    person.entreprise.save()
    assert not Bilan.objects.visible_to(nadia).exists()
    with pytest.raises(AccessDenied):
        begun(person, nadia)
