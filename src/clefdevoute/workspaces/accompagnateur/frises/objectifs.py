"""Objectives and actions on the timeline: when set, moved, reached or given up, in one history that stays."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clefdevoute.records.suivi.models import (
    AucuneDemarche,
    Demarche,
    Etat,
    Geste,
    HistoriqueDemarche,
    HistoriqueObjectif,
    Objectif,
)
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.frises.fait import Fait, Portee

_HEADS = {
    Geste.CREE: gettext_lazy("Objectif fixé"),
    Geste.ECHEANCE: gettext_lazy("Objectif déplacé"),
    Geste.TEXTE: gettext_lazy("Objectif reformulé"),
    Geste.ROUVERT: gettext_lazy("Objectif rouvert"),
}
_REACHED = {
    Etat.A_DEMARRER: gettext_lazy("Objectif à démarrer"),
    Etat.EN_COURS: gettext_lazy("Objectif en cours"),
    Etat.REALISE: gettext_lazy("Objectif atteint"),
    Etat.ABANDONNE: gettext_lazy("Objectif abandonné"),
}


def objectifs(portee: Portee) -> Iterator[Fait]:
    """Give every change of every objective, former plans included, in two queries."""
    goals = {row.pk: row for row in Objectif.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)}
    lines = HistoriqueObjectif.objects.visible_to(portee.actor).filter(objectif__in=list(goals))
    for line in lines.select_related("changed_by"):
        row = goals[line.objectif_id]
        head = _REACHED[Etat(line.status)] if line.what == Geste.STATUT else _HEADS[Geste(line.what)]
        yield Fait(
            on=_day_of(line, row),
            at=line.changed_at,
            genre="objectifs",
            icon="fait" if line.status == Etat.REALISE else "encours",
            title=lambda head=head, row=row: _("%(head)s : %(title)s") % {"head": head, "title": row.title},  # type: ignore[misc]
            meta=_meta(line),
        )


def _day_of(line: HistoriqueObjectif, row: Objectif) -> dt.date:
    return row.opened_on if line.what == Geste.CREE else timezone.localdate(line.changed_at)


def _meta(line: HistoriqueObjectif) -> str:
    words = [line.get_horizon_display(), _("à revoir le %(day)s") % {"day": formats.date_courte(line.review_on)}]
    if line.reason:
        words = [line.get_reason_display()]
    elif line.status == Etat.REALISE:
        words = [line.get_horizon_display()]
    return " · ".join([*words, str(line.changed_by.name)])


def demarches(portee: Portee) -> Iterator[Fait]:
    """Give each action on the day it was closed, and on the day it was noted while it is open."""
    rows = Demarche.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for row in rows.select_related("recorded_by"):
        yield _demarche(row)
    taken_up = HistoriqueDemarche.objects.visible_to(portee.actor).filter(
        travailleur_id__in=portee.ids, what=Geste.ROUVERT
    )
    for line in taken_up.select_related("changed_by", "demarche"):
        yield Fait(
            on=timezone.localdate(line.changed_at),
            at=line.changed_at,
            genre="demarches",
            icon="retour",
            title=lambda row=line.demarche: _("Démarche rouverte : %(text)s") % {"text": row.text},  # type: ignore[misc]
            meta=str(line.changed_by.name),
        )
    none = AucuneDemarche.objects.visible_to(portee.actor).filter(travailleur_id__in=portee.ids)
    for said in none.select_related("noted_by"):
        yield Fait(
            on=said.noted_on,
            at=said.noted_at,
            genre="demarches",
            icon="info",
            title=_("Aucune démarche à ce jour"),
            meta=_("Noté par %(who)s") % {"who": said.noted_by.name},
        )


def _demarche(row: Demarche) -> Fait:
    head = {Etat.REALISE: _("Démarche"), Etat.ABANDONNE: _("Démarche abandonnée")}.get(
        Etat(row.status), _("Démarche promise")
    )
    words = [row.get_kind_display(), row.who, str(row.recorded_by.name)]
    if row.reason:
        words.insert(0, row.get_reason_display())
    elif row.done_on is None and row.promised_for:
        words.insert(0, _("pour le %(day)s") % {"day": formats.date_courte(row.promised_for)})
    return Fait(
        on=row.done_on or timezone.localdate(row.recorded_at),
        at=row.recorded_at,
        genre="demarches",
        icon="document" if row.done_on else "afaire",
        title=lambda: _("%(head)s : %(text)s") % {"head": head, "text": row.text},
        text=lambda: row.remark or "",
        meta=" · ".join(words),
    )
