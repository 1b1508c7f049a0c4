"""Appointments, séances and impediments on the timeline: when and how it went, never what was said."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clefdevoute.records.agenda.models import Empechement, Presence, RendezVous, Seance
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.frises import entretiens
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee

_ICONS = {RendezVous.Form.FACE_A_FACE: "personne", RendezVous.Form.TELEPHONE: "telephone"}
_CLOCK = gettext_lazy("l’échéance des six mois ne bouge pas")


def rendez_vous(portee: Portee) -> Iterator[Fait]:
    """Give each appointment that has begun, with how it went and the interview written of it, in two queries."""
    rows = RendezVous.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    written = entretiens.pages(portee)
    for one in rows.select_related("accompagnateur"):
        if one.day <= portee.today:
            yield Fait(
                on=one.day,
                at=one.starts_at,
                genre="entretiens",
                icon=_ICONS.get(RendezVous.Form(one.form), "calendrier"),
                title=_title(one),
                meta=" · ".join(_words(one)),
                url=written.get(one.pk, ""),
                act=_("Lire l’entretien") if one.pk in written else "",
            )


def _title(one: RendezVous) -> str:
    kind = one.get_kind_display()
    if one.status == RendezVous.Status.REALISE:
        return kind
    status = _("à confirmer") if one.status == RendezVous.Status.PLANIFIE else one.get_status_display().lower()
    return _("%(kind)s, %(status)s") % {"kind": kind, "status": status}


def _words(one: RendezVous) -> Iterator[str]:
    held = one.status == RendezVous.Status.REALISE
    if held:
        yield duree(one.duration_min)
    yield one.get_form_display()
    if one.place:
        yield one.place
    if one.cancel_reason:
        yield one.get_cancel_reason_display()
    if one.kind == RendezVous.Kind.ENTRETIEN and (not held or one.form != RendezVous.Form.FACE_A_FACE):
        yield str(_CLOCK)
    yield str(one.accompagnateur)


def seances(portee: Portee) -> Iterator[Fait]:
    """Give each séance the person was expected at, with her attendance, in one query."""
    rows = Presence.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for one in rows.select_related("seance__accompagnateur"):
        seance = one.seance
        if seance.day > portee.today or seance.status not in (Seance.Status.REALISE, Seance.Status.PLANIFIE):
            continue
        yield Fait(
            on=seance.day,
            at=seance.starts_at,
            genre="entretiens",
            icon="personnes",
            title=_("Séance collective : %(title)s") % {"title": seance.title},
            meta=" · ".join([duree(seance.duration_min), one.get_status_display(), str(seance.accompagnateur)]),
        )


def empechements(portee: Portee) -> Iterator[Fait]:
    """Give each reasoned impediment and its return, in one query; one withdrawn says so."""
    for one in Empechement.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids):
        withdrawn = _("retiré le %(day)s : noté par erreur") % {"day": _day(one)} if one.withdrawn_at else ""
        yield Fait(
            on=one.starts_on,
            at=one.noted_at,
            genre="contrats",
            icon="pause",
            title=_("Empêchement motivé : %(reason)s") % {"reason": one.get_reason_display()},
            meta=withdrawn or _("montré à part, jamais comme un entretien fait"),
        )
        if one.returns_on is not None and one.returns_on <= portee.today and not one.withdrawn_at:
            yield Fait(
                on=one.returns_on,
                genre="contrats",
                icon="calendrier",
                title=_("Retour après un empêchement"),
                meta=one.get_reason_display(),
            )


def duree(minutes: int) -> str:
    """Write a length as it is said: 50 min, 1 h, 1 h 30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{formats.NBSP}min"
    return f"{hours}{formats.NBSP}h{formats.NBSP}{rest:02d}" if rest else f"{hours}{formats.NBSP}h"


def _day(one: Empechement) -> str:
    return formats.date_courte(timezone.localdate(one.withdrawn_at))
