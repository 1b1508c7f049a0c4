"""The guarantee of six months: how many persons are in time, whom it lacks, and why these dates."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clefdevoute.documents.explications import why
from clefdevoute.law.kernel.registry import rule_named
from clefdevoute.records.echeances.lignes import Portee
from clefdevoute.records.echeances.sources.horloges import horloges
from clefdevoute.ui.why import Why

NAMED = 3
"""Names said before the others are only counted."""


@dataclass(frozen=True, slots=True)
class Garantie:
    """The state of the individual clocks of everybody open to who looks."""

    suivis: int
    a_jour: int
    empeches: int
    manque: tuple[str, ...]
    autres: int
    why: Why | None
    registre: str


def garantie(portee: Portee) -> Garantie:
    """Count from the same clocks as the lines; a reasoned impediment is said apart, never as done."""
    clocks = horloges(portee)
    late = sorted(
        (pk for pk, one in clocks.items() if one.value.individuel.situation == "en_retard"),
        key=lambda pk: -clocks[pk].value.individuel.jours_retard,
    )
    impeded = sum(one.value.individuel.situation == "empeche" for one in clocks.values())
    example = late[0] if late else min(clocks, key=lambda pk: str(clocks[pk].value.individuel.echeance), default=None)
    names = portee.noms
    return Garantie(
        suivis=len(clocks),
        a_jour=len(clocks) - len(late) - impeded,
        empeches=impeded,
        manque=tuple(names[pk] for pk in late[:NAMED] if pk in names),
        autres=max(len(late) - NAMED, 0),
        why=_why(why(clocks[example], rule_url=rule_url), names[example]) if example in names else None,
        registre=reverse("accompagnateur:registre"),
    )


def _why(found: Why, name: str) -> Why:
    return Why(
        question=_("Pourquoi ces dates ?"),
        sentence=_(
            "L’échéance tombe six mois après le dernier face à face, jour compris ; un appel téléphonique ou un "
            "rendez-vous fixé ne la déplace pas. Pour %(name)s :"
        )
        % {"name": name},
        steps=(found,),
    )


def rule_url(name: str) -> str:
    """Give the page of a public rule; a step inside a rule has none of its own."""
    return reverse("public:regle", kwargs={"nom": name}) if rule_named(name).public else ""
