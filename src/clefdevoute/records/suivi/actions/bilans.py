"""
A bilan from its first word to its end.

Saving is never blocked: a domain may stay empty, a level may wait. Two tabs that disagree are told so,
and nothing is written until a person chose. Finished, a bilan stays as it was; the next one corrects it.
"""

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.records.entreprises.writing import checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi import domaines, policies
from clefdevoute.records.suivi.actions.domaines import assurer
from clefdevoute.records.suivi.models import AvisTravailleur, Bilan, BilanSante, CoteBilan, Niveau

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
MOST_WORDS = 8000
"""How long one text may be; some four pages."""


class BilanPerime(RecordError):
    """Another tab or a colleague saved other words since this page was read."""

    def __init__(self, saved_at: dt.datetime) -> None:
        at = timezone.localtime(saved_at)
        super().__init__(
            f"Ce bilan a été enregistré ailleurs à {at:%H:%M}, dans un autre onglet ou par un collègue. Rien n’est "
            "perdu : vos mots sont toujours ici. Gardez-les, ou reprenez ce qui est enregistré."
        )


@dataclass(frozen=True, slots=True)
class Saisie:
    """What is typed about one domain."""

    niveau: int | None = None
    frein: bool = False
    text: str = ""
    wish: str = ""


@transaction.atomic
def commencer(*, travailleur: Travailleur, held_on: dt.date, by: Actor, now: dt.datetime) -> Bilan:
    """Begin a bilan over the domains in use; one already begun is taken up again."""
    policies.check_writes_dossier(by, travailleur)
    locked(travailleur)
    begun: Bilan | None = (
        Bilan.objects.of(travailleur.entreprise_id)
        .filter(travailleur_id=travailleur.pk, state=Bilan.State.BROUILLON)
        .first()
    )
    if begun is not None:
        return begun
    _dated(held_on, now)
    assurer(travailleur.entreprise_id)
    row = Bilan(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        author_id=by.user_id,
        held_on=held_on,
        code=_code(),
        started_at=now,
        saved_at=now,
    )
    checked(row).save(force_insert=True)
    for one in domaines.en_usage(travailleur.entreprise_id, held_on):
        CoteBilan(
            entreprise_id=row.entreprise_id,
            travailleur_id=row.travailleur_id,
            bilan=row,
            domaine=one,
            famille=one.famille,
            name=one.name,
            rank=one.rank,
        ).save(force_insert=True)
    journal.append(event="suivi.bilan_commence", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def enregistrer(
    *,
    bilan: Bilan,
    held_on: dt.date | None,
    cotes: Mapping[uuid.UUID, Saisie],
    revision: int,
    by: Actor,
    now: dt.datetime,
    sante: Saisie | None = None,
    tab: uuid.UUID | None = None,
    force: bool = False,
) -> Bilan:
    """
    Save a draft as it is typed; ``revision`` is the one the page read, ``tab`` the page itself.

    A page may save again over its own words whatever their revision: its former answer may still be on its
    way back. ``cotes`` goes by the key of the row. A date that cannot be is left as it was: the page says it.
    """
    policies.check_writes_dossier(by, bilan.travailleur)
    row = locked(bilan)
    if row.finished:
        raise refused("Ce bilan est terminé : il reste tel quel. Commencez-en un nouveau pour noter un changement.")
    rows = {one.pk: one for one in CoteBilan.objects.of(row.entreprise_id).filter(bilan=row)}
    changed = [one for pk, given in cotes.items() if (one := rows.get(pk)) is not None and _differs(one, given)]
    own = _own_health(row, by)
    health = sante is not None and _differs(own, sante)
    dated = held_on is not None and held_on != row.held_on and held_on <= timezone.localdate(now)
    if not (changed or health or dated):
        return row
    if row.revision != revision and (tab is None or row.saved_from != tab) and not force:
        raise BilanPerime(row.saved_at)
    for one in changed:
        _set(one, cotes[one.pk])
        checked(one).save()
    if health and sante is not None:
        _set(own, sante)
        checked(own).save()
    if dated and held_on is not None:
        row.held_on = held_on
    row.revision, row.saved_at, row.saved_from = row.revision + 1, now, tab
    checked(row).save()
    return row


@transaction.atomic
def terminer(*, bilan: Bilan, by: Actor, now: dt.datetime) -> Bilan:
    """Finish a bilan: partial is allowed, empty is not."""
    policies.check_writes_dossier(by, bilan.travailleur)
    row = locked(bilan)
    if row.finished:
        return row
    _dated(row.held_on, now)
    if all(one.empty for one in CoteBilan.objects.of(row.entreprise_id).filter(bilan=row)):
        raise refused("Rien n’est encore noté dans ce bilan : notez au moins un domaine, puis terminez-le.")
    row.state, row.finished_at, row.saved_at = Bilan.State.TERMINE, now, now
    checked(row).save()
    journal.append(event="suivi.bilan_termine", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def rouvrir(*, bilan: Bilan, by: Actor, now: dt.datetime) -> Bilan:
    """Take a bilan up again to correct it, until the person has given her opinion on it."""
    policies.check_writes_dossier(by, bilan.travailleur)
    row = locked(bilan)
    if not row.finished:
        return row
    if AvisTravailleur.objects.of(row.entreprise_id).filter(bilan=row).exists():
        raise refused(
            "La personne a donné son avis sur ce bilan : il ne change plus. Commencez-en un nouveau pour le corriger."
        )
    row.state, row.finished_at = Bilan.State.BROUILLON, None
    checked(row).save()
    journal.append(event="suivi.bilan_rouvert", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


def _own_health(row: Bilan, by: Actor) -> BilanSante:
    """Give what this author noted of health in a bilan, or an empty row of hers."""
    found: BilanSante | None = BilanSante.objects.of(row.entreprise_id).filter(bilan=row, author_id=by.user_id).first()
    return found or BilanSante(
        entreprise_id=row.entreprise_id, travailleur_id=row.travailleur_id, bilan=row, author_id=by.user_id
    )


def _differs(row: CoteBilan | BilanSante, given: Saisie) -> bool:
    kept = Saisie(row.niveau, row.frein, row.text or "", row.wish or "")
    return kept != Saisie(given.niveau, given.frein, _words(given.text), _words(given.wish))


def _set(row: CoteBilan | BilanSante, given: Saisie) -> None:
    row.niveau = given.niveau if given.niveau in Niveau.values else None
    row.frein = given.frein
    row.text, row.wish = _words(given.text) or None, _words(given.wish) or None


def _words(text: str) -> str:
    """Keep a text as typed, with one kind of line end; far too long is refused, never cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_WORDS:
        raise refused(
            f"Ce texte compte {len(text)} signes, au plus {MOST_WORDS} : gardez ici l’essentiel, et le reste dans une "
            "note d’entretien."
        )
    return text


def _dated(day: dt.date, now: dt.datetime) -> None:
    if day > timezone.localdate(now):
        raise refused(f"Le {day:%d/%m/%Y} n’est pas encore passé : datez le bilan du jour où il s’est fait.", "held_on")


def _code() -> str:
    """Draw the code printed on a page: letters and figures that cannot be taken for one another."""
    drawn: list[Any] = [secrets.choice(_ALPHABET) for _ in range(8)]
    return f"{''.join(drawn[:4])}-{''.join(drawn[4:])}"
