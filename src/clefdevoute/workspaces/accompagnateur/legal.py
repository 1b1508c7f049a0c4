"""The five legal parts of a dossier as the arch shows them: what is in order, what is missing, where to mend it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clefdevoute.law.accompagnement_social.dossier import Completude, Partie
from clefdevoute.law.entretiens.rules import Etat
from clefdevoute.records.suivi.bilans import DernierBilan
from clefdevoute.records.suivi.models import Synthese
from clefdevoute.ui import formats
from clefdevoute.workspaces.accompagnateur.ajouter import address
from clefdevoute.workspaces.accompagnateur.plan import Plan


@dataclass(frozen=True, slots=True)
class ArchPart:
    """One stone of the arch, with its line beside."""

    name: str
    text: str
    state: Literal["full", "part", "none"] = "full"
    late: bool = False
    act: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page already holds and the five lines repeat in words."""

    pk: uuid.UUID
    verified_on: dt.date | None
    plan: Plan
    synthese: Synthese | None
    etat: Etat | None
    bilan: DernierBilan


def parts(completude: Completude, facts: Facts) -> tuple[ArchPart, ...]:
    """Draw the five parts in the order of the text."""
    makers = (_signaletique, _bilan, _synthese, _demarches, _entretiens)
    return tuple(make(part, facts) for make, part in zip(makers, completude.parties, strict=True))


def _missing(part: Partie) -> str:
    return _("il manque %(what)s.") % {"what": ", ".join(part.manque)}


def _signaletique(part: Partie, facts: Facts) -> ArchPart:
    url = address("accompagnateur:signaletique", facts.pk)
    if not part.complete:
        return ArchPart(part.libelle, _missing(part), "part", act=_("Voir ce qui manque"), url=url)
    text = _("complètes.")
    if facts.verified_on:
        text = _("complètes, vérifiées le %(day)s.") % {"day": formats.date_courte(facts.verified_on)}
    return ArchPart(part.libelle, text, act=_("Voir les données"), url=url)


def _bilan(part: Partie, facts: Facts) -> ArchPart:
    held, begun = facts.bilan.held_on, facts.bilan.manque
    if part.complete and held:
        return ArchPart(part.libelle, _("le dernier le %(day)s.") % {"day": formats.date_courte(held)})
    url = address("accompagnateur:bilans", facts.pk)
    if begun:
        return ArchPart(part.libelle, f"{begun}.", "part", act=_("Compléter le bilan"), url=url)
    if held:
        text = _("dépassé, le dernier est du %(day)s.") % {"day": formats.date_courte(held)}
        return ArchPart(part.libelle, text, "part", act=_("Refaire le bilan"), url=url)
    return ArchPart(part.libelle, _missing(part), "none", act=_("Faire le bilan"), url=url)


def _synthese(part: Partie, facts: Facts) -> ArchPart:
    url = address("accompagnateur:synthese", facts.pk)
    if part.complete and facts.synthese:
        day = formats.date_courte(facts.synthese.made_at)
        return ArchPart(part.libelle, _("à jour au %(day)s.") % {"day": day}, act=_("Relire la synthèse"), url=url)
    if facts.synthese is None:
        return ArchPart(part.libelle, _("à relire et à confirmer."), "none", act=_("Relire la synthèse"), url=url)
    return ArchPart(part.libelle, _missing(part), "part", act=_("Relire et confirmer"), url=url)


def _demarches(part: Partie, facts: Facts) -> ArchPart:
    if not part.complete:
        return ArchPart(part.libelle, _missing(part), "none", act=_("Noter une démarche"), url="#nouvelle-demarche")
    return ArchPart(part.libelle, " ".join(_counted(facts.plan)))


def _counted(plan: Plan) -> Iterator[str]:
    count = len(plan.demarches)
    if not count:
        yield _("aucune à ce jour, noté au dossier.")
        return
    words = ngettext("%(n)d démarche", "%(n)d démarches", count) % {"n": count}
    last = plan.derniere
    yield (
        _("%(words)s, la dernière le %(day)s.") % {"words": words, "day": formats.date_courte(last)}
        if last
        else (_("%(words)s à faire.") % {"words": words})
    )


def _entretiens(part: Partie, facts: Facts) -> ArchPart:
    plan_url = address("agenda:nouveau", facts.pk)
    clock = facts.etat.individuel if facts.etat else None
    if clock is None:
        return ArchPart(part.libelle, _("aucune échéance pour ce statut."))
    if clock.situation == "clos":
        return ArchPart(part.libelle, _("suivi clos."))
    if not part.complete:
        late = ngettext("en retard de %(n)d jour.", "en retard de %(n)d jours.", clock.jours_retard)
        text = _("le face à face est %(late)s") % {"late": late % {"n": clock.jours_retard}}
        state: Literal["part", "none"] = "part" if clock.dernier else "none"
        return ArchPart(part.libelle, text, state, late=True, act=_("Planifier l’entretien"), url=plan_url)
    if clock.situation == "empeche":
        return ArchPart(part.libelle, _("empêchement motivé (%(why)s).") % {"why": clock.empechement.lower()})
    due = formats.date_courte(clock.echeance) if clock.echeance else ""
    return ArchPart(part.libelle, _("prochain face à face au plus tard le %(day)s.") % {"day": due})
