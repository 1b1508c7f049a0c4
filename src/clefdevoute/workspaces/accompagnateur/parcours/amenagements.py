"""One adjustment as its screen shows it: five steps, what leaves, what stays."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clefdevoute.records.amenagements import avis as words
from clefdevoute.records.amenagements.facts import Step, stand
from clefdevoute.records.amenagements.models import (
    Amenagement,
    AvisAmenagement,
    DecisionAmenagement,
    RevueAmenagement,
    TexteAvis,
)
from clefdevoute.records.foundation.access import Actor
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.parcours.pas import Pas, first_is_full

NEXT: dict[Step, Any] = {
    Step.ANALYSE: "Analyser le poste",
    Step.AVIS: "Remettre l’avis",
    Step.DECISION: "La direction décide",
    Step.DIRE: "Dire la décision à la personne",
    Step.REVUE: "Revoir la mesure",
    Step.CLOS: "Clos",
}


@dataclass(frozen=True, slots=True)
class AmenagementVu:
    """An adjustment with its notice, its decision and its reviews."""

    row: Amenagement
    avis: AvisAmenagement | None
    sent: words.Avis | None
    intact: bool
    decision: DecisionAmenagement | None
    revues: list[RevueAmenagement]
    steps: list[Pas]


def seen(actor: Actor, row: Amenagement) -> AmenagementVu:
    """Read all that hangs on an adjustment, in four queries."""
    avis = AvisAmenagement.objects.visible_to(actor).filter(amenagement=row).first()
    text = TexteAvis.objects.visible_to(actor).filter(avis=avis).select_related("avis").first() if avis else None
    decision = DecisionAmenagement.objects.visible_to(actor).filter(avis=avis).first() if avis else None
    revues = list(RevueAmenagement.objects.visible_to(actor).filter(amenagement=row))
    return AmenagementVu(
        row=row,
        avis=avis,
        sent=words.read(text.text) if text else None,
        intact=text.intact if text else True,
        decision=decision,
        revues=revues,
        steps=_steps(row, revues),
    )


def _steps(row: Amenagement, revues: list[RevueAmenagement]) -> list[Pas]:
    steps = [_need(row), _analysis(row), _notice(row), _decision(row), _told(row), _review(row, revues)]
    if row.closed_on is not None:
        steps = [
            Pas(
                title=one.title,
                state=one.state if one.state == "termine" else "sans_objet",
                meta=one.meta,
                label=one.label if one.state == "termine" else "",
            )
            for one in steps
        ]
    return first_is_full(steps)


def _url(name: str, row: Amenagement) -> str:
    return reverse(f"accompagnateur:{name}", kwargs={"pk": row.pk})


def _need(row: Amenagement) -> Pas:
    meta = _("%(day)s, demandé par : %(who)s") % {
        "day": formats.date_courte(row.need_on),
        "who": row.get_asked_by_display().lower(),
    }
    return Pas(title=_("1. Besoin"), state="termine", label=_("Noté"), meta=meta)


def _analysis(row: Amenagement) -> Pas:
    title = _("2. Analyse du poste")
    if row.analysed_on is None:
        return Pas(title=title, state="pas_commence", act=_("Analyser le poste"), url=_url("amenagement_analyser", row))
    meta = f"{formats.date_courte(row.analysed_on)}, {row.get_kind_display()}"
    return Pas(title=title, state="termine", label=_("Faite"), meta=meta)


def _notice(row: Amenagement) -> Pas:
    title = _("3. Avis à la direction")
    if row.analysed_on is None:
        return Pas(title=title, state="impossible")
    if row.notified_on is None:
        return Pas(title=title, state="pas_commence", act=_("Relire et remettre l’avis"), url=_url("avis", row))
    return Pas(title=title, state="termine", label=_("Remis"), meta=formats.date_courte(row.notified_on))


def _decision(row: Amenagement) -> Pas:
    title = _("4. Décision")
    if row.notified_on is None:
        return Pas(title=title, state="impossible")
    if row.decided_on is None:
        meta = _("La direction a l’avis depuis le %(day)s") % {"day": formats.date_courte(row.notified_on)}
        return Pas(title=title, state="en_cours", waits=True, label=_("Attend la direction"), meta=meta)
    state = "manque" if row.outcome == "refuse" else "termine"
    meta = formats.date_courte(row.decided_on)
    return Pas(title=title, state=state, label=row.get_outcome_display(), meta=meta)


def _told(row: Amenagement) -> Pas:
    title = _("Décision dite à la personne")
    if row.told_on is not None:
        return Pas(title=title, state="termine", label=_("Dite"), meta=formats.date_courte(row.told_on))
    if row.decided_on is None:
        return Pas(title=title, state="impossible")
    act = _("Noter que la personne la connaît")
    return Pas(title=title, state="pas_commence", act=act, url=_url("amenagement_dire", row))


def _review(row: Amenagement, revues: list[RevueAmenagement]) -> Pas:
    title = _("5. Revue")
    if stand(row).step is Step.REVUE:
        due = formats.date_courte(row.review_on) if row.review_on else ""
        meta = _("À revoir le %(day)s") % {"day": due}
        state = "en_cours" if revues else "pas_commence"
        return Pas(title=title, state=state, meta=meta, act=_("Revoir la mesure"), url=_url("amenagement_revoir", row))
    if revues:
        last = revues[0]
        return Pas(
            title=title, state="termine", label=last.get_result_display(), meta=formats.date_courte(last.held_on)
        )
    return Pas(title=title, state="impossible")
