"""The sheet to hand over, gathered from what was decided in an interview and from the agenda."""

from django.utils import timezone

from clefdevoute.documents.feuille_entretien import Decision, FeuilleEntretien
from clefdevoute.records.agenda import facts as agenda
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.suivi.models import Demarche, Entretien
from clefdevoute.ui import formats


def feuille(entretien: Entretien, actor: Actor) -> FeuilleEntretien:
    """Gather the sheet of an interview, in plain words; no note is read for it."""
    person, who = entretien.travailleur, entretien.accompagnateur
    rows = Demarche.objects.visible_to(actor).filter(entretien=entretien, done_on__isnull=True).order_by("recorded_at")
    coming = agenda.prochains(entretien.entreprise_id, [person.pk], now=timezone.now()).get(person.pk)
    name = f"{who.first_name} {who.name}"
    return FeuilleEntretien(
        entreprise=str(entretien.entreprise),
        person=f"{person.first_name} {person.name}",
        by=name,
        held_on=entretien.rendez_vous.day,
        held=_capital(formats.date_longue(entretien.rendez_vous.day, weekday=True)),
        decisions=[_decision(row, name) for row in rows],
        next_day=_capital(formats.date_longue(coming.day, weekday=True)) if coming else "",
        next_hour=f"à {formats.heure(coming.starts_at)}" if coming else "",
        next_place=coming.place if coming else "",
        contact=_contact(who),
    )


def _decision(row: Demarche, name: str) -> Decision:
    by_person = row.par == Demarche.Par.TRAVAILLEUR
    who = f"Vous et {name}." if row.avec else ("Vous." if by_person else f"{name}.")
    before = f"Avant le {formats.date_longue(row.promised_for, weekday=True)}." if row.promised_for else ""
    return Decision(what=row.text, who=who, before=before)


def _contact(who: Accompagnateur) -> str:
    number = who.mobile or who.phone
    if number:
        return f"Appelez {who.first_name} : {number}."
    return f"Écrivez à {who.first_name} : {who.email}." if who.email else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
