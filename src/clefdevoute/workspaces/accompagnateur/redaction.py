"""
The page on which an interview is written: what it knows of the person, what it proposes, what it asks.

``Ecrit`` names what is being written; ``contexte`` gives everything the page and its fragments show, from
what is typed at this moment, so that a fragment swapped in says what a reload would say.
"""

import base64
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from clefdevoute.records.agenda import facts as agenda
from clefdevoute.records.agenda.alertes import Envisage, alertes
from clefdevoute.records.agenda.creneaux import CLOSES, OPENS
from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Accompagnateur, Travailleur
from clefdevoute.records.suivi import lecture, themes, vigilance
from clefdevoute.records.suivi.actions.entretiens import brouillon_subject, draft_form
from clefdevoute.records.suivi.models import Brouillon, Demarche
from clefdevoute.records.suivi.prochain import Proposition, proposer
from clefdevoute.ui import formats, saisie
from clefdevoute.workspaces.accompagnateur.forms.entretiens import EntretienForm, moment

Content = Mapping[str, Any]
PLACES = 12
"""Places offered as one types: those of the last appointments."""


@dataclass(frozen=True, slots=True)
class Ecrit:
    """What is being written, about whom, from which appointment."""

    travailleur: Travailleur
    rendez_vous: RendezVous | None
    call: bool

    @property
    def form(self) -> str:
        """Name the form of the draft."""
        return draft_form(self.rendez_vous, call=self.call)

    @property
    def subject(self) -> uuid.UUID:
        """Name what the draft is about."""
        return brouillon_subject(self.travailleur, self.rendez_vous)

    @property
    def name(self) -> str:
        """Name the copy that the browser keeps until the server has answered."""
        return f"cv-brouillon-{self.form}-{self.subject}"

    @property
    def url(self) -> str:
        """Give the address of the page."""
        return adresse(self.form, self.travailleur.pk, self.subject)

    @property
    def draft_url(self) -> str:
        """Give the address that keeps the draft."""
        name = "accompagnateur:appel_brouillon" if self.call else "accompagnateur:entretien_brouillon"
        query = f"?rendez_vous={self.rendez_vous.pk}" if self.rendez_vous else ""
        return reverse(name, kwargs={"pk": self.travailleur.pk}) + query

    def brouillon(self, actor: Actor) -> Brouillon | None:
        """Find the actor's own draft."""
        rows = Brouillon.objects.visible_to(actor).filter(travailleur=self.travailleur, form=self.form)
        found: Brouillon | None = rows.filter(subject=self.subject).first()
        return found


def adresse(form: str, travailleur_id: uuid.UUID, subject: uuid.UUID) -> str:
    """Give the address at which a draft goes on."""
    call = form == Brouillon.Form.APPEL
    path = reverse(
        "accompagnateur:appel_nouveau" if call else "accompagnateur:entretien_nouveau", kwargs={"pk": travailleur_id}
    )
    return path if subject == travailleur_id else f"{path}?rendez_vous={subject}"


def debut(ecrit: Ecrit, actor: Actor, *, now: dt.datetime) -> dict[str, Any]:
    """Give what the page says before anything is typed: the appointment's own words, or now."""
    row = ecrit.rendez_vous
    started = timezone.localtime(row.starts_at if row else now.replace(minute=now.minute // 15 * 15))
    last = _last_place(ecrit, actor)
    return {
        "date": formats.date_courte(started),
        "heure": f"{started:%H:%M}",
        "duree": str(row.duration_min) if row else ("15" if ecrit.call else "45"),
        "lieu": (row.place if row else "") or ("" if ecrit.call else last),
        "forme": "telephone" if ecrit.call else (row.form if row else "face_a_face"),
        "action_qui": "moi",
        "action_sorte": Demarche.Kind.SOCIALE.value,
        "prochain": "plus_tard" if ecrit.call or _autre_fixe(ecrit, now) else "reserver",
        "feuille": "" if ecrit.call else "on",
    }


def _autre_fixe(ecrit: Ecrit, now: dt.datetime) -> RendezVous | None:
    """Give the appointment already fixed after this one, so that no second one is proposed by habit."""
    coming = agenda.prochains(ecrit.travailleur.entreprise_id, [ecrit.travailleur.pk], now=now)
    found = coming.get(ecrit.travailleur.pk)
    return found if found != ecrit.rendez_vous else None


def formulaire(ecrit: Ecrit, actor: Actor, *, initial: Content | None = None, data: Any = None) -> EntretienForm:
    """Draw the form with the chips of the enterprise and what was promised last time."""
    rows = Demarche.objects.visible_to(actor).filter(travailleur=ecrit.travailleur, done_on__isnull=True)
    return EntretienForm(
        data,
        initial=dict(initial or {}),
        first_name=ecrit.travailleur.first_name,
        themes=themes.offerts(ecrit.travailleur.entreprise_id),
        promised=list(rows.order_by("recorded_at")),
    )


def contexte(request: WorkRequest, ecrit: Ecrit, content: Content, *, tab: str = "") -> dict[str, Any]:
    """Give what the page and each of its fragments show of what is typed now."""
    now = timezone.now()
    held_on = _day(content.get("date", "")) or timezone.localdate(now)
    planned = _autre_fixe(ecrit, now)
    due = lecture.echeances(ecrit.travailleur, held_on, as_of=timezone.localdate(now))
    brouillon = ecrit.brouillon(request.actor)
    return {
        "ecrit": ecrit,
        "one": ecrit.travailleur,
        "today": timezone.localdate(now),
        "brouillon": brouillon,
        "version": brouillon.version if brouillon else 0,
        "tab": tab or str(uuid.uuid4()),
        "due": due,
        "future": held_on > timezone.localdate(now),
        "held_on": held_on,
        "outside": lecture.hors_contrat(ecrit.travailleur, held_on),
        "planned": dit(planned.starts_at) if planned else "",
        "proposed": _proposed(request.actor, ecrit, content, due, now=now),
        "left": list(content.get("laisse", ())),
        **avis(content),
    }


def page(request: WorkRequest, ecrit: Ecrit) -> dict[str, Any]:
    """Give what only the whole page shows: the places already used, the seal of the browser's copy."""
    rows = RendezVous.objects.visible_to(request.actor).exclude(place="").order_by("-starts_at")
    places = rows.values_list("place", flat=True)[: PLACES * 8]
    return {
        "places": list(dict.fromkeys(places))[:PLACES],
        "seal": seal(request.actor),
        "focus": request.GET.get("suite", ""),
        "resumed": _resumed(ecrit.brouillon(request.actor)),
    }


def avis(content: Content) -> dict[str, Any]:
    """Find the sentences of the shared note that speak of health, or judge, and were not left on purpose."""
    found = vigilance.signaler(content.get("note_partagee", ""), left=content.get("laisse", ()))
    return {
        "health": [one for one in found if one.kind == vigilance.SANTE],
        "judged": [one for one in found if one.kind == vigilance.JUGEMENT],
    }


def relire(text: str, *, left: Iterable[str] = ()) -> str:
    """Give the query by which the next page asks to read a saved note again; nothing when no word asks for it."""
    return "?relire=1" if vigilance.signaler(text, left=left) else ""


def seal(actor: Actor) -> str:
    """
    Give the key that seals what the browser keeps until the server has answered.

    It is this user's alone and never stays in the browser: at a shared desk, the copy left behind by a
    session that ended opens again for its writer, and for nobody else.
    """
    return base64.b64encode(salted_hmac("brouillon-local", str(actor.user_id), algorithm="sha256").digest()).decode()


def differences(mine: Content, other: Content, form: EntretienForm) -> list[tuple[str, str, str]]:
    """Set two texts side by side, field by field, where they differ."""
    found = []
    for name in EntretienForm.typed_fields:
        one, two = mine.get(name) or "", other.get(name) or ""
        if one != two and name in form.fields:
            found.append((str(form.fields[name].label), _shown(form, name, one), _shown(form, name, two)))
    return found


def _shown(form: EntretienForm, name: str, value: Any) -> str:
    choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    if isinstance(value, list):
        return ", ".join(choices.get(one, str(one)) for one in value)
    return choices.get(value, str(value))


def _resumed(brouillon: Brouillon | None) -> str:
    """Say when the draft that fills the page was last saved, if there is one."""
    if brouillon is None:
        return ""
    saved = timezone.localtime(brouillon.saved_at)
    return _("Brouillon repris, enregistré le %(day)s à %(hour)s.") % {
        "day": formats.date_courte(saved),
        "hour": formats.heure(saved),
    }


@dataclass(frozen=True, slots=True)
class Propose:
    """A proposed moment, in words, with the reasons of its day and what else is known of it."""

    at: dt.datetime
    words: str
    why: Proposition
    known: tuple[str, ...]


def dit(at: dt.datetime) -> str:
    """Say a moment in words: mardi 18 mai 2027 à 14:00."""
    day, hour = formats.date_longue(timezone.localdate(at), weekday=True), formats.heure(at)
    return _("%(day)s à %(hour)s") % {"day": day, "hour": hour}


def _proposed(actor: Actor, ecrit: Ecrit, content: Content, due: lecture.Echeances, *, now: dt.datetime) -> Propose:
    today = timezone.localdate(now)
    held_on = _day(content.get("date", "")) or today
    face = content.get("forme", "face_a_face") == "face_a_face"
    why = proposer(held_on=held_on, due_on=due.si_face_a_face if face else due.actuelle, today=today)
    hour = _hour(content.get("heure", "")) or OPENS
    at = moment(why.day, hour if OPENS <= hour <= CLOSES else OPENS)
    who = Accompagnateur.objects.visible_to(actor).filter(user_id=actor.user_id).first()
    known: tuple[str, ...] = ()
    if who is not None:
        asked = Envisage(accompagnateur=who, starts_at=at, duration_min=45, travailleur=ecrit.travailleur)
        known = tuple(one.sentence for one in alertes(asked, now=now))
    return Propose(at=at, words=dit(at), why=why, known=known)


def _last_place(ecrit: Ecrit, actor: Actor) -> str:
    rows = RendezVous.objects.visible_to(actor).filter(travailleur=ecrit.travailleur).exclude(place="")
    return rows.order_by("-starts_at").values_list("place", flat=True).first() or ""


def _day(text: str) -> dt.date | None:
    try:
        return saisie.date(text)
    except saisie.SaisieError:
        return None


def _hour(text: str) -> dt.time | None:
    try:
        return saisie.heure(text)
    except saisie.SaisieError:
        return None
