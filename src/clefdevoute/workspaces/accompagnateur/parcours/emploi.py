"""The jobcoachings of a person as the screen shows them, and what is proposed before a contract ends (F42)."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.parcours.models import (
    EtapeJobcoaching,
    Jobcoaching,
    PlanFormation,
    ValidationCompetences,
)
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.parcours.pas import Pas, first_is_full


@dataclass(frozen=True, slots=True)
class JobcoachingVu:
    """One jobcoaching with its steps, the newest first."""

    row: Jobcoaching
    etapes: list[EtapeJobcoaching]
    steps: list[Pas]

    @property
    def open(self) -> bool:
        """Tell whether it is in course."""
        return self.row.state == Jobcoaching.State.EN_COURS

    @property
    def alone(self) -> int:
        """Count what the person did by herself."""
        return sum(1 for one in self.etapes if one.done == EtapeJobcoaching.Done.SEUL)


def jobcoachings(actor: Actor, person: Travailleur, today: dt.date) -> list[JobcoachingVu]:
    """Read the jobcoachings of a person, the open ones first, in two queries."""
    rows = list(Jobcoaching.objects.visible_to(actor).filter(travailleur=person).select_related("partenaire"))
    rows.sort(key=lambda row: row.state != Jobcoaching.State.EN_COURS)
    steps = list(
        EtapeJobcoaching.objects.visible_to(actor)
        .filter(jobcoaching__in=[row.pk for row in rows])
        .select_related("partenaire")
    )
    return [_seen(row, [one for one in steps if one.jobcoaching_id == row.pk], today) for row in rows]


def _seen(row: Jobcoaching, etapes: list[EtapeJobcoaching], today: dt.date) -> JobcoachingVu:
    steps = [_wish(row), _target(row), _steps(row, etapes), _outcome(row)]
    if row.state != Jobcoaching.State.EN_COURS:
        steps = [Pas(title=one.title, state=one.state, meta=one.meta, label=one.label) for one in steps]
    return JobcoachingVu(row, etapes, first_is_full(steps))


def _wish(row: Jobcoaching) -> Pas:
    return Pas(title=_("Souhait"), state="termine", label=_("Noté"), meta=formats.date_courte(row.opened_on))


def _target(row: Jobcoaching) -> Pas:
    url = reverse("accompagnateur:jobcoaching_viser", kwargs={"pk": row.pk})
    title = _("Entreprise visée")
    if row.partenaire is None:
        return Pas(title=title, state="pas_commence", act=_("Choisir l’entreprise"), url=url)
    return Pas(title=title, state="termine", label=_("Choisie"), meta=str(row.partenaire))


def _steps(row: Jobcoaching, etapes: list[EtapeJobcoaching]) -> Pas:
    url = reverse("accompagnateur:etape_nouvelle", kwargs={"pk": row.pk})
    title, act = _("Contacts, candidatures, essais"), _("Ajouter une étape")
    if not etapes:
        return Pas(title=title, state="pas_commence", act=act, url=url)
    alone = sum(1 for one in etapes if one.done == EtapeJobcoaching.Done.SEUL)
    meta = ngettext(
        "%(n)d étape, dont %(alone)d par la personne seule",
        "%(n)d étapes, dont %(alone)d par la personne seule",
        len(etapes),
    )
    return Pas(title=title, state="en_cours", meta=meta % {"n": len(etapes), "alone": alone}, act=act, url=url)


def _outcome(row: Jobcoaching) -> Pas:
    if row.state == Jobcoaching.State.EN_COURS:
        url = reverse("accompagnateur:jobcoaching_clore", kwargs={"pk": row.pk})
        return Pas(title=_("Issue"), state="pas_commence", act=_("Noter l’issue"), url=url)
    day = formats.date_courte(row.closed_on) if row.closed_on else ""
    meta = _("%(outcome)s, le %(day)s") % {"outcome": row.get_outcome_display(), "day": day}
    return Pas(title=_("Issue"), state="termine", label=row.get_state_display(), meta=meta)


def suites(actor: Actor, person: Travailleur) -> list[Pas]:
    """Propose the next steps before a contract ends: jobcoaching, validation, training, Forem; three queries."""
    return first_is_full(
        [_next_job(actor, person), _next_validation(actor, person), _next_training(actor, person), _next_forem(person)]
    )


def _next_job(actor: Actor, person: Travailleur) -> Pas:
    rows = Jobcoaching.objects.visible_to(actor).filter(travailleur=person)
    found = rows.order_by("-opened_on").first()
    new = reverse("accompagnateur:jobcoaching_nouveau", kwargs={"pk": person.pk})
    if found is None:
        return Pas(title=_("Jobcoaching"), state="pas_commence", act=_("Ouvrir un jobcoaching"), url=new)
    if found.state == Jobcoaching.State.EN_COURS:
        meta = _("Ouvert le %(day)s") % {"day": formats.date_courte(found.opened_on)}
        url = reverse("accompagnateur:emploi", kwargs={"pk": person.pk})
        return Pas(title=_("Jobcoaching"), state="en_cours", meta=meta, act=_("Continuer"), url=url)
    state = "termine" if found.state == Jobcoaching.State.ABOUTI else "manque"
    return Pas(
        title=_("Jobcoaching"),
        state=state,
        label=found.get_state_display(),
        meta=found.get_outcome_display(),
        act="" if state == "termine" else _("Ouvrir un jobcoaching"),
        url=new,
    )


def _next_validation(actor: Actor, person: Travailleur) -> Pas:
    rows = ValidationCompetences.objects.visible_to(actor).filter(travailleur=person)
    found = rows.order_by("-informed_on").first()
    title = _("Validation des compétences")
    screen = reverse("accompagnateur:validation", kwargs={"pk": person.pk})
    if found is None:
        url = reverse("accompagnateur:validation_informer", kwargs={"pk": person.pk})
        return Pas(title=title, state="pas_commence", act=_("Informer la personne"), url=url)
    if found.state == ValidationCompetences.State.EN_COURS:
        return Pas(title=title, state="en_cours", meta=found.occupation, act=_("Continuer"), url=screen)
    return Pas(
        title=title, state="termine", label=found.get_interest_display() or found.get_state_display(), meta=str(found)
    )


def _next_training(actor: Actor, person: Travailleur) -> Pas:
    rows = PlanFormation.objects.visible_to(actor).filter(travailleur=person)
    found = rows.order_by("-need_on").first()
    title = _("Plan de formation")
    if found is None:
        url = reverse("accompagnateur:plan_nouveau", kwargs={"pk": person.pk})
        return Pas(title=title, state="pas_commence", act=_("Ouvrir un plan"), url=url)
    running = found.state == PlanFormation.State.EN_COURS
    url = reverse("accompagnateur:formation", kwargs={"pk": person.pk})
    return Pas(
        title=title,
        state="en_cours" if running else "termine",
        label="" if running else found.get_state_display(),
        meta=formats.date_courte(found.need_on),
        act=_("Continuer") if running else "",
        url=url,
    )


def _next_forem(person: Travailleur) -> Pas:
    meta = _("Si la personne est d’accord, et dès qu’elle cherche un emploi comme demandeuse inoccupée.")
    url = reverse("accompagnateur:forem_dossier", kwargs={"pk": person.pk})
    return Pas(title=_("Forem"), state="pas_commence", meta=meta, act=_("Préparer l’envoi"), url=url)
