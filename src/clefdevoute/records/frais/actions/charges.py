"""Charges that come back without invoice: made, given a new amount from a day on, ended."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from clefdevoute.records.entreprises.models import EntrepriseInsertion
from clefdevoute.records.entreprises.writing import checked
from clefdevoute.records.foundation import journal
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.frais import policies
from clefdevoute.records.frais.cles import version_at, versions_of
from clefdevoute.records.frais.errors import SaisieRefusee
from clefdevoute.records.frais.models import ChargeRecurrente
from clefdevoute.records.frais.saisies import ChargeSaisie

from .imputations import check_key_belongs, check_line


@transaction.atomic
def creer_charge(
    *, entreprise: EntrepriseInsertion, saisie: ChargeSaisie, by: Actor, now: dt.datetime
) -> ChargeRecurrente:
    """Make a charge; its due dates follow by themselves."""
    policies.check_writes(by, entreprise.pk)
    policies.check_open(entreprise.pk, saisie.starts_on)
    check_key_belongs(saisie.cle, entreprise.pk)
    check_line(saisie.line, saisie.starts_on)
    if version_at(versions_of(entreprise.pk), saisie.cle.pk, saisie.starts_on) is None:
        raise SaisieRefusee(
            f"La clé « {saisie.cle.name} » ne vaut rien au {saisie.starts_on:%d/%m/%Y} : choisissez-en une autre, ou "
            "commencez la charge plus tard."
        )
    charge = ChargeRecurrente(
        entreprise=entreprise,
        name=saisie.name.strip(),
        net=saisie.net,
        vat=saisie.vat,
        due_day=saisie.due_day,
        every_months=saisie.every_months,
        starts_on=saisie.starts_on,
        ends_on=saisie.ends_on,
        line=saisie.line,
        cle=saisie.cle,
        accompagnateur=saisie.accompagnateur,
    )
    checked(charge)
    charge.save(force_insert=True)
    journal.append(event="frais.charge_creee", by=by, subject=charge, entreprise_id=entreprise.pk, now=now)
    return charge


@transaction.atomic
def terminer_charge(*, charge: ChargeRecurrente, ends_on: dt.date, by: Actor, now: dt.datetime) -> ChargeRecurrente:
    """End a charge on a day; due dates after it fall away, years already sent keep theirs."""
    charge = ChargeRecurrente.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    policies.check_can_change_charge(by, charge)
    policies.check_open(charge.entreprise_id, ends_on + dt.timedelta(days=1))
    before, charge.ends_on = charge.ends_on, ends_on
    checked(charge)
    charge.save(update_fields=["ends_on"])
    journal.append(
        event="frais.charge_terminee",
        by=by,
        subject=charge,
        entreprise_id=charge.entreprise_id,
        now=now,
        changes={"ends_on": (before, ends_on)},
    )
    return charge


@transaction.atomic
def changer_montant_charge(
    *, charge: ChargeRecurrente, since: dt.date, net: Decimal, vat: Decimal, by: Actor, now: dt.datetime
) -> ChargeRecurrente:
    """Give a charge a new amount from a day on: the old one ends the day before, the new one follows."""
    if since <= charge.starts_on:
        raise SaisieRefusee(
            f"Le nouveau montant commence le {since:%d/%m/%Y}, mais la charge ne commence que le "
            f"{charge.starts_on:%d/%m/%Y} : choisissez un jour plus tard."
        )
    end = charge.ends_on
    charge = terminer_charge(charge=charge, ends_on=since - dt.timedelta(days=1), by=by, now=now)
    saisie = ChargeSaisie(
        name=charge.name,
        net=net,
        vat=vat,
        due_day=charge.due_day,
        every_months=charge.every_months,
        starts_on=since,
        ends_on=end,
        line=charge.line,
        cle=charge.cle,
        accompagnateur=charge.accompagnateur,
    )
    return creer_charge(entreprise=charge.entreprise, saisie=saisie, by=by, now=now)
