"""Writes towards the Forem: the facts of a person, the packet frozen, each file taken out, the receipt, the answer."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from clefdevoute.law.kernel.explained import Explained
from clefdevoute.records.entreprises.writing import amended, checked, locked, refused
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau import forem, policies
from clefdevoute.records.reseau.models import ProfilForem, RechercheEmploi, SuiteForem, TransmissionForem

PROFIL = (
    "languages",
    "permits",
    "experience",
    "titles",
    "wanted",
    "mobility",
    "radius_km",
    "available_on",
    "regime",
    "hours_note",
)
SEALED = frozenset({"experience", "titles", "hours_note"})
FORMATS = frozenset({"pdf", "json", "csv"})
BESIDE = {"metiers_souhaites": "metiers_uri"}
"""What goes with a field, for who reads the file with a machine."""
Paquet = Mapping[str, list[str]]
Kind = SuiteForem.Kind


@transaction.atomic
def noter_recherche(
    *, travailleur: Travailleur, dei_since: dt.date, seeking: bool, by: Actor, now: dt.datetime
) -> RechercheEmploi:
    """Note that a person is DEI, and whether she looks for work; the open time is corrected, never doubled."""
    policies.check_transmits(by, travailleur)
    policies.check_day_past(dei_since, timezone.localdate(now), "DEI")
    locked(travailleur)
    rows = RechercheEmploi.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur, ends_on__isnull=True)
    row = rows.select_for_update(of=("self",)).first()
    event = "reseau.recherche_corrigee"
    if row is None:
        event = "reseau.recherche_notee"
        row = RechercheEmploi(entreprise_id=travailleur.entreprise_id, travailleur=travailleur, dei_since=dei_since)
    changes = amended(row, {"dei_since": dei_since, "seeking": seeking}, ("dei_since", "seeking"))
    checked(row).save()
    journal.append(event=event, by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes)
    return row


@transaction.atomic
def terminer_recherche(*, recherche: RechercheEmploi, ends_on: dt.date, by: Actor, now: dt.datetime) -> None:
    """Note the day from which a person is no longer DEI."""
    policies.check_transmits(by, recherche.travailleur)
    row = locked(recherche)
    changes = amended(row, {"ends_on": ends_on}, ["ends_on"])
    checked(row).save()
    journal.append(
        event="reseau.recherche_terminee", by=by, subject=row, entreprise_id=row.entreprise_id, now=now, changes=changes
    )


@transaction.atomic
def enregistrer_profil(*, travailleur: Travailleur, by: Actor, now: dt.datetime, **values: Any) -> ProfilForem:
    """Keep the facts of a person that a packet may say; the journal names the fields, never what they hold."""
    policies.check_transmits(by, travailleur)
    locked(travailleur)
    rows = ProfilForem.objects.of(travailleur.entreprise_id).filter(travailleur=travailleur)
    row = rows.first() or ProfilForem(entreprise_id=travailleur.entreprise_id, travailleur=travailleur)
    values = {name: (value or None) if name in SEALED else value for name, value in values.items()}
    if not amended(row, values, PROFIL) and not row._state.adding:
        return row
    row.modified_at = now
    checked(row).save()
    journal.append(event="reseau.profil_enregistre", by=by, subject=row, entreprise_id=row.entreprise_id, now=now)
    return row


@transaction.atomic
def produire_transmission(
    *,
    travailleur: Travailleur,
    paquet: Paquet,
    champs: tuple[str, ...],
    language: str,
    by: Actor,
    now: dt.datetime,
) -> TransmissionForem:
    """
    Freeze a packet: the fields chosen, under the consent that holds at this very moment.

    A consent withdrawn since the preview refuses here; what was chosen stays on the page.
    """
    policies.check_transmits(by, travailleur)
    locked(travailleur)
    held = _permitted(travailleur, timezone.localdate(now), champs)
    row = held.consentement
    if row is None or row.given_on is None:
        raise refused("Pas de consentement donné : demandez-le et datez-le.")
    kept = [code for code in held.answer.value.champs if paquet.get(code)]
    if not kept:
        raise refused("Aucune donnée à envoyer n’est choisie ou remplie : choisissez-en une.", "champs")
    admitted = [code for code, _ in forem.champs_admis(timezone.localdate(now))]
    packet = _frozen(paquet, kept)
    made = TransmissionForem(
        entreprise_id=travailleur.entreprise_id,
        travailleur=travailleur,
        made_on=timezone.localdate(now),
        made_at=now,
        language=language,
        fields=kept,
        left_out=[code for code in admitted if code not in kept],
        consent_id=row.pk,
        consent_on=row.given_on,
        consent_version=row.text_version,
        sha256=hashlib.sha256(packet.encode()).hexdigest(),
        packet=packet,
    )
    checked(made).save(force_insert=True)
    journal.append(event="reseau.forem_produit", by=by, subject=made, entreprise_id=made.entreprise_id, now=now)
    return made


@transaction.atomic
def sortir_fichier(
    *, transmission: TransmissionForem, file_format: str, niss_saisi: bool, by: Actor, now: dt.datetime
) -> SuiteForem:
    """Note a file taken out, before its first byte leaves; with a consent that still holds."""
    policies.check_transmits(by, transmission.travailleur)
    if file_format not in FORMATS:
        raise refused("Ce format n’existe pas : choisissez PDF, JSON ou CSV.")
    on = timezone.localdate(now)
    locked(transmission.travailleur)
    asked = (*transmission.fields, "niss") if niss_saisi else tuple(transmission.fields)
    _permitted(transmission.travailleur, on, asked, niss_saisi=niss_saisi)
    return _noted(
        transmission,
        Kind.FICHIER,
        on,
        by=by,
        now=now,
        purpose=file_format + ("_niss" if niss_saisi else ""),
        file_format=file_format,
        with_niss=niss_saisi,
    )


@transaction.atomic
def noter_remise(
    *, transmission: TransmissionForem, on: dt.date, channel: str, recipient: str, by: Actor, now: dt.datetime
) -> SuiteForem:
    """Note the handing over: the day, the way, who received it; the consent must have held that day."""
    policies.check_transmits(by, transmission.travailleur)
    policies.check_day_past(on, timezone.localdate(now), "remise")
    if on < transmission.made_on:
        raise refused(f"Ce dossier a été produit le {transmission.made_on:%d/%m/%Y} : la remise le suit.", "on")
    _permitted(transmission.travailleur, on, tuple(transmission.fields))
    taken = SuiteForem.objects.of(transmission.entreprise_id).filter(transmission=transmission, kind=Kind.FICHIER)
    if not taken.exists():
        raise refused(
            "Aucun fichier n’est encore sorti : prenez le PDF, le JSON ou le CSV, remettez-le, puis notez-le."
        )
    return _noted(transmission, Kind.REMISE, on, by=by, now=now, channel=channel, recipient=recipient.strip())


@transaction.atomic
def noter_reponse(
    *, transmission: TransmissionForem, on: dt.date, answer: str, none_came: bool, by: Actor, now: dt.datetime
) -> SuiteForem:
    """Note what the Forem answered, or that no answer is awaited any more."""
    policies.check_transmits(by, transmission.travailleur)
    policies.check_day_past(on, timezone.localdate(now), "réponse")
    suites = SuiteForem.objects.of(transmission.entreprise_id).filter(transmission=transmission, kind=Kind.REMISE)
    handed = suites.first()
    if handed is None:
        raise refused("Ce dossier n’est pas encore remis : notez d’abord la remise.")
    if on < handed.on:
        raise refused(f"Le dossier a été remis le {handed.on:%d/%m/%Y} : la réponse le suit.", "on")
    if not none_came and not answer.strip():
        raise refused("Écrivez la réponse en une phrase, ou cochez qu’aucune n’est venue.", "answer")
    kind = Kind.SANS_SUITE if none_came else Kind.REPONSE
    return _noted(transmission, kind, on, by=by, now=now, answer=answer.strip() or None)


def _permitted(
    travailleur: Travailleur, on: dt.date, champs: tuple[str, ...], *, niss_saisi: bool = False
) -> forem.Situation:
    """Ask the law once more, and refuse with its reasons."""
    held = forem.situation(travailleur, on=on, champs=champs, niss_saisi=niss_saisi)
    if held.motifs:
        raise AccessDenied("Rien ne part. " + " ".join(held.motifs))
    _check_fields(held.answer)
    return held


def _frozen(paquet: Paquet, kept: list[str]) -> str:
    """Write the kept fields as they leave; the addresses of occupations go with the occupations."""
    codes = [*kept, *(BESIDE[code] for code in kept if code in BESIDE and paquet.get(BESIDE[code]))]
    return json.dumps({code: list(paquet[code]) for code in codes}, ensure_ascii=False, sort_keys=True)


def _check_fields(answer: Explained[Any]) -> None:
    if answer.value.champs_refuses:
        raise AccessDenied(f"Ces données ne partent jamais au Forem : {', '.join(answer.value.champs_refuses)}.")


def _noted(
    transmission: TransmissionForem,
    kind: str,
    on: dt.date,
    *,
    by: Actor,
    now: dt.datetime,
    purpose: str = "",
    **values: Any,
) -> SuiteForem:
    row = SuiteForem(
        entreprise_id=transmission.entreprise_id,
        travailleur_id=transmission.travailleur_id,
        transmission=transmission,
        kind=kind,
        on=on,
        at=now,
        **values,
    )
    checked(row).save(force_insert=True)
    event = f"reseau.forem_{kind}"
    journal.append(event=event, by=by, subject=transmission, entreprise_id=row.entreprise_id, now=now, purpose=purpose)
    return row
