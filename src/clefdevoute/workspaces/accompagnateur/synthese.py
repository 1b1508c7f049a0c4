"""
What the synthesis of the actions gathers, chapter by chapter, from every domain.

To add a chapter: write a function from ``Sujet`` to ``Chapitre`` and name it in ``CHAPITRES``. A chapter tells
facts of the records (what, when, how it ended), never the words of a note.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from clefdevoute.records.agenda.models import Presence, RendezVous, Seance
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models import Bilan, Demarche
from clefdevoute.records.suivi.synthese import Chapitre, Ligne
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.plan import Groupe, freins, plan


@dataclass(frozen=True, slots=True)
class Sujet:
    """Of whom, for whom and on which day a synthesis is made."""

    actor: Actor
    travailleur: Travailleur
    today: dt.date


def objectifs(sujet: Sujet) -> Chapitre:
    """Tell the objectives, open ones first, each with its actions."""
    found = plan(sujet.actor, sujet.travailleur, today=sujet.today)
    lines = tuple(_objectif(one) for one in (*found.ouverts, *found.clos))
    return Chapitre(_("Objectifs"), lines, _("Aucun objectif n’est fixé à ce jour."))


def _objectif(group: Groupe) -> Ligne:
    goal = group.objectif
    words = [goal.get_horizon_display(), goal.get_status_display().lower()]
    if goal.closed_on:
        words[-1] += f" {_('le')} {formats.date_courte(goal.closed_on)}"
        words += [goal.get_reason_display().lower()] if goal.reason else []
    else:
        words.append(_("à revoir le %(day)s") % {"day": formats.date_courte(goal.review_on)})
    return Ligne(goal.title, ", ".join(words), tuple(_demarche(one) for one in group.demarches))


def _demarche(one: Demarche) -> Ligne:
    words = [one.get_kind_display().lower(), one.who]
    if one.done_on:
        state = one.get_reason_display().lower() if one.reason else _("faite")
        words.append(f"{state} {_('le')} {formats.date_courte(one.done_on)}")
    elif one.promised_for:
        words.append(_("promise pour le %(day)s") % {"day": formats.date_courte(one.promised_for)})
    else:
        words.append(_("à faire"))
    return Ligne(one.text, ", ".join(words))


def demarches(sujet: Sujet) -> Chapitre:
    """Tell the actions that hang under no objective."""
    found = plan(sujet.actor, sujet.travailleur, today=sujet.today)
    lines = tuple(_demarche(one) for one in (*found.libres, *found.faites))
    return Chapitre(_("Autres démarches"), lines, _("Aucune autre démarche à ce jour."))


def entretiens(sujet: Sujet) -> Chapitre:
    """Tell how many interviews were held, face to face or not, and what became of the others."""
    rows = RendezVous.objects.visible_to(sujet.actor).filter(
        travailleur=sujet.travailleur, kind=RendezVous.Kind.ENTRETIEN
    )
    held: list[dt.date] = []
    other: Counter[str] = Counter()
    for row in rows.order_by("starts_at"):
        if row.status == RendezVous.Status.REALISE and row.form == RendezVous.Form.FACE_A_FACE:
            held.append(row.day)
        elif row.status == RendezVous.Status.REALISE:
            other[_("hors face à face")] += 1
        elif row.status != RendezVous.Status.PLANIFIE:
            other[row.get_status_display().lower()] += 1
    lines = []
    if held:
        period = _("du %(first)s au %(last)s") % {
            "first": formats.date_courte(held[0]),
            "last": formats.date_courte(held[-1]),
        }
        lines.append(Ligne(_("Entretiens individuels en face à face : %(n)d") % {"n": len(held)}, period))
    lines += [Ligne(f"{words.capitalize()} : {count}") for words, count in sorted(other.items())]
    return Chapitre(_("Entretiens de suivi"), tuple(lines), _("Aucun entretien n’est noté à ce jour."))


def seances(sujet: Sujet) -> Chapitre:
    """Tell the séances at which the person was present."""
    rows = Presence.objects.visible_to(sujet.actor).filter(
        travailleur=sujet.travailleur, status=Presence.Status.PRESENT, seance__status=Seance.Status.REALISE
    )
    lines = tuple(
        Ligne(row.seance.title, formats.date_courte(row.seance.day))
        for row in rows.select_related("seance").order_by("seance__starts_at")
    )
    return Chapitre(_("Séances collectives"), lines, _("Aucune séance collective à ce jour."))


def bilans(sujet: Sujet) -> Chapitre:
    """Tell the days of the bilans and the obstacles that stand, health set apart."""
    rows = Bilan.objects.visible_to(sujet.actor).filter(travailleur=sujet.travailleur, state=Bilan.State.TERMINE)
    days = [formats.date_courte(day) for day in rows.order_by("held_on").values_list("held_on", flat=True)]
    lines = [Ligne(_("Bilans"), ", ".join(days))] if days else []
    standing = freins(sujet.actor, sujet.travailleur)
    if standing:
        lines.append(Ligne(_("Freins toujours là"), ", ".join(one.name.lower() for one in standing)))
    return Chapitre(_("Bilan individuel"), tuple(lines), _("Aucun bilan à ce jour."))


CHAPITRES: tuple[Callable[[Sujet], Chapitre], ...] = (bilans, objectifs, demarches, entretiens, seances)


def chapitres(actor: Actor, travailleur: Travailleur) -> list[Chapitre]:
    """Gather the chapters of today."""
    sujet = Sujet(actor, travailleur, timezone.localdate())
    return [make(sujet) for make in CHAPITRES]
