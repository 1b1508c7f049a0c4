"""Reminders that leave: one a day, numbers and a link, nobody's name, nothing twice, each to who asked for it."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from clefdevoute.cli import main
from clefdevoute.records.agenda.models import Courriel
from clefdevoute.records.echeances import aujourdhui, envois
from clefdevoute.records.echeances.actions.reglages import regler_rappels
from clefdevoute.records.echeances.models import LigneRappelee, RappelEnvoye
from clefdevoute.records.entreprises.writing import RowRefused
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.models import AuditEvent
from tests.records.echeances_gestes import MONDAY, days, portee
from tests.records.factories import AccompagnateurFactory, AffectationFactory, EntrepriseInsertionFactory, actor
from tests.records.factories_agenda import RendezVousFactory, at
from tests.records.factories_suivi import SuiviParFactory
from tests.records.lundi import lundi

pytestmark = pytest.mark.django_db
LINKS = envois.liens("https://clef.exemple.be/")


def moment(day):
    return dt.datetime.combine(day, dt.time(5, 0), dt.UTC)


def send(day=MONDAY):
    return envois.envoyer(as_of=day, now=moment(day), links=LINKS)


@pytest.fixture
def monday(django_capture_on_commit_callbacks):
    """Lay Hélène's Monday, with her role and her address."""
    held = AffectationFactory(role="accompagnateur", user__email="helene@exemple.be", user__name="Hélène Marsoul")
    helene, people = lundi(held.entreprise, held.user)
    held.people, held.accompagnateur, held.committed = people, helene, django_capture_on_commit_callbacks
    return held


def test_one_mail_with_numbers_and_a_link(monday):
    with monday.committed(execute=True):
        [row] = send()
    counts = {band.value: len(lines) for band, lines in lines_of(monday).items()}
    assert (row.late, row.this_week, row.this_month) == tuple(counts.values())
    [message] = mail.outbox
    assert message.to == ["helene@exemple.be"]
    assert message.subject == f"Clef de voûte : {row.late} échéances en retard"
    assert f"- cette semaine : {row.this_week}" in message.body
    assert "https://clef.exemple.be/suivi/\n" in message.body
    assert "https://clef.exemple.be/suivi/rappels/" in message.body


def lines_of(monday, day=MONDAY):
    here = portee(monday.entreprise, miens=True, user=monday.user, as_of=day)
    return aujourdhui.lignes(here).bandes


def test_no_name_nor_date_of_birth_nor_kind_of_thing_leaves(monday):
    with monday.committed(execute=True):
        send()
    [message] = mail.outbox
    told = f"{message.subject}\n{message.body}"
    for one in monday.people.values():
        assert one.name not in told
        assert one.first_name not in told
    for word in ("entretien", "bilan", "objectif", "Hautpont", "CPAS", "Forem", "17/05/1990"):
        assert word not in told
    assert Courriel.objects.get().body == message.body, "the outbox keeps the same words"


def test_run_twice_it_sends_once(monday):
    with monday.committed(execute=True):
        assert len(send()) == 1
        assert send() == []
    assert len(mail.outbox) == RappelEnvoye.objects.count() == 1


def test_the_database_itself_refuses_a_second_one(monday):
    send()
    row = RappelEnvoye.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RappelEnvoye.objects.create(entreprise=row.entreprise, user=row.user, sent_on=MONDAY, sent_at=moment(MONDAY))


def test_a_reminder_is_never_rewritten(monday):
    send()
    with pytest.raises(IntegrityError), transaction.atomic():
        RappelEnvoye.objects.update(late=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        LigneRappelee.objects.all().delete()


def test_the_next_day_says_only_what_is_new(monday):
    """What was said on Monday is not said again before a week; each thing that passes its date is."""
    send()
    [tuesday] = send(days(1))
    said = {(one.source, one.subject_id, one.etape) for one in LigneRappelee.objects.filter(rappel=tuesday)}
    before = {(one.source, one.subject_id, one.etape) for one in LigneRappelee.objects.exclude(rappel=tuesday)}
    assert not said & before
    assert {(source, stage) for source, _, stage in said} == {
        ("rendez_vous", "apres"),  # Mireille's, of Monday afternoon, of which nobody said how it went
        ("objectif", "avant"),  # Kofi's review comes within seven days
    }


def test_what_is_done_is_never_reminded_again(monday):
    send()
    RendezVousFactory(
        travailleur=monday.people["samira"],
        accompagnateur=monday.accompagnateur,
        starts_at=at("2026-11-23 15:00"),
        realise=True,
    )
    for number in range(1, 15):
        send(days(number))
    samira = LigneRappelee.objects.filter(source="entretien", subject_id=monday.people["samira"].pk)
    assert list(samira.values_list("sent_on", flat=True)) == [MONDAY]


def test_a_late_line_comes_back_each_week(monday):
    for number in range(15):
        send(days(number))
    samira = LigneRappelee.objects.filter(source="entretien", subject_id=monday.people["samira"].pk)
    assert list(samira.order_by("sent_on").values_list("sent_on", flat=True)) == [MONDAY, days(7), days(14)]


def test_each_person_sets_her_own(monday):
    by = actor(Role.ACCOMPAGNATEUR, monday.entreprise, user=monday.user, on=MONDAY)
    regler_rappels(entreprise_id=monday.entreprise_id, by=by, now=moment(MONDAY), active=False)
    assert send() == []
    regler_rappels(entreprise_id=monday.entreprise_id, by=by, now=moment(MONDAY), active=True, muted=["entretien"])
    [row] = send()
    assert not LigneRappelee.objects.filter(rappel=row, source="entretien").exists()


def test_a_setting_out_of_bounds_is_refused_in_a_sentence(monday):
    by = actor(Role.ACCOMPAGNATEUR, monday.entreprise, user=monday.user, on=MONDAY)
    ask = {"entreprise_id": monday.entreprise_id, "by": by, "now": moment(MONDAY)}
    with pytest.raises(RowRefused):
        regler_rappels(**ask, days_before=31)
    with pytest.raises(RowRefused, match="n’existe pas"):
        regler_rappels(**ask, muted=["inconnu"])
    with pytest.raises(AccessDenied):
        regler_rappels(**(ask | {"by": actor(Role.SECRETARIAT, monday.entreprise)}), active=False)
    with pytest.raises(AccessDenied):
        regler_rappels(**(ask | {"entreprise_id": EntrepriseInsertionFactory().pk}), active=False)


def test_a_colleagues_persons_are_not_counted_unless_asked(monday):
    colleague = AffectationFactory(role="accompagnateur", entreprise=monday.entreprise)
    AccompagnateurFactory(entreprise=monday.entreprise, user=colleague.user)
    sent = send()
    assert [row.user_id for row in sent] == [monday.user_id], "nobody of the colleague's is due"
    by = actor(Role.ACCOMPAGNATEUR, monday.entreprise, user=colleague.user, on=MONDAY)
    regler_rappels(entreprise_id=monday.entreprise_id, by=by, now=moment(MONDAY), champ="equipe")
    with monday.committed(execute=True):
        [row] = send()
    assert row.user_id == colleague.user_id
    assert "https://clef.exemple.be/suivi/?qui=equipe" in mail.outbox[-1].body


def test_assigned_only_counts_what_may_be_opened(monday):
    monday.entreprise.assigned_only = True
    monday.entreprise.save()
    colleague = AffectationFactory(role="accompagnateur", entreprise=monday.entreprise)
    own = AccompagnateurFactory(entreprise=monday.entreprise, user=colleague.user)
    SuiviParFactory(travailleur=monday.people["kofi"], accompagnateur=own, kind="releve", ends_on=days(90))
    by = actor(Role.ACCOMPAGNATEUR, monday.entreprise, user=colleague.user, on=MONDAY)
    regler_rappels(entreprise_id=monday.entreprise_id, by=by, now=moment(MONDAY), champ="equipe", days_before=30)
    rows = {row.user_id: row for row in send()}
    counted = rows[colleague.user_id]
    assert counted.late + counted.this_week + counted.this_month < 3


def test_nobody_is_reminded_after_her_role_has_ended(monday):
    monday.ends_on = days(-1)
    monday.save()
    assert send() == []


def test_the_journal_knows_that_it_left_and_no_more(monday):
    send()
    events = AuditEvent.objects.filter(event="echeances.rappel_envoye")
    assert events.count() == 1


def test_the_link_opens_the_page(monday):
    assert reverse("accompagnateur:aujourdhui") == envois.PAGE


def test_the_next_morning_is_six_o_clock_in_belgium():
    assert envois.prochain(dt.datetime(2026, 11, 23, 4, 59, tzinfo=dt.UTC)).isoformat() == "2026-11-23T06:00:00+01:00"
    assert envois.prochain(dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)).isoformat() == "2026-11-24T06:00:00+01:00"
    assert envois.prochain(dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)).isoformat() == "2026-07-02T06:00:00+02:00"


def test_the_worker_lays_the_morning_down_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    now = moment(MONDAY)
    assert envois.planifier(now) is True
    assert envois.planifier(now) is False


def test_the_command_says_how_many(monday, capsys):
    assert main(["rappels", "envoyer", "--as-of", MONDAY.isoformat()]) == 0
    assert capsys.readouterr().out == "1 rappel écrit pour le 23/11/2026.\n"
    assert main(["rappels", "envoyer", "--as-of", MONDAY.isoformat()]) == 0
    assert capsys.readouterr().out == "Rien à rappeler.\n"


def test_the_command_refuses_a_wrong_day(capsys):
    with pytest.raises(SystemExit) as refusal:
        main(["rappels", "envoyer", "--as-of", "31/02/2026"])
    assert refusal.value.code == 2
    assert "Écrivez-la AAAA-MM-JJ" in capsys.readouterr().err
