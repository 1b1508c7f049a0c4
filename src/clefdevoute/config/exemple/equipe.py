"""The accompagnateurs: what makes them eligible, their contracts, what they cost month by month."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from clefdevoute.config.exemple.papier import feuille
from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Actor
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.frais import actions as frais
from clefdevoute.records.frais.composants import Composant
from clefdevoute.records.frais.models import CompteIndividuel
from clefdevoute.records.frais.saisies import FichierSaisi, MontantSaisi
from clefdevoute.records.personnes.actions import accompagnateurs

PERSON = ("name", "first_name", "birth_date", "email", "phone", "mobile", "functions_start")
COMPOSANTS = {one.value: one for one in Composant}
PAY_DAY = 6
"""The social secretariat sends a month's amounts on the sixth of the next."""


def raconter(scene: Scene, recit: Recit) -> None:
    """Enter each accompagnateur, sign the contract, record the months as they come."""
    by = scene.acteurs["gestionnaire"]
    for data in donnees("accompagnateurs"):
        recit.le(data["inscrit_le"], partial(_inscrire, scene, data, by))
        recit.le(data["contrat"]["le"], partial(_signer, scene, data, by))
        for month, amounts in sorted(montants_par_mois(data).items()):
            after = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=PAY_DAY)
            recit.le(max(after, data["inscrit_le"]), partial(_payer, scene, data["cle"], amounts, by))
        for row in data["comptes"]:
            recit.le(row["recu_le"], partial(_deposer, scene, data, row, by))


def montants_par_mois(data: Mapping[str, Any]) -> dict[dt.date, list[MontantSaisi]]:
    """Spread the periods of pay over their months and add what came once."""
    found: dict[dt.date, list[MontantSaisi]] = {}
    for period in data["mois"]:
        for month in _months(period["du"], period["au"]):
            found[month] = [
                MontantSaisi(month, COMPOSANTS[name], amount)
                for name, amount in period.items()
                if name not in ("du", "au")
            ]
    for one in data["ponctuels"]:
        paid_on = one.get("paye_le")
        found.setdefault(one["mois"], []).append(
            MontantSaisi(one["mois"], COMPOSANTS[one["element"]], one["montant"], paid_on)
        )
    return found


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)


def _proof(scene: Scene, titre: str, lignes: list[str], by: Actor, now: dt.datetime) -> ProofFile:
    filename = f"{titre.lower().replace(' ', '-').replace('’', '-')}-{len(lignes)}.pdf"
    return proofs.store(
        content=feuille(titre, lignes), filename=filename, by=by, entreprise_id=scene.entreprise.pk, now=now
    )


def _inscrire(scene: Scene, data: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    facts: dict[str, Any] = {name: data[name] for name in PERSON}
    who = f"{data['first_name']} {data['name']}"
    if account := scene.comptes.get(data.get("utilisateur", "")):
        facts["user"] = account
    if diploma := data.get("diplome"):
        words = [who, diploma["diploma_title"], f"Obtenu le {diploma['diploma_on']:%d/%m/%Y}"]
        facts |= diploma | {"diploma_proof": _proof(scene, "Diplôme", words, by, now)}
    person = accompagnateurs.create_accompagnateur(entreprise_id=scene.entreprise.pk, by=by, now=now, **facts)
    for row in data["experiences"]:
        period = f"Du {row['starts_on']:%d/%m/%Y} au {row['ends_on']:%d/%m/%Y}"
        proof = _proof(scene, "Attestation d’emploi", [who, row["employer"], row["function"], period], by, now)
        accompagnateurs.add_experience(accompagnateur=person, by=by, now=now, proof=proof, **row)
    scene.accompagnateurs[data["cle"]] = person


def _signer(scene: Scene, data: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    person = scene.accompagnateurs[data["cle"]]
    facts = {name: value for name, value in data["contrat"].items() if name != "le"}
    words = [str(person), f"{facts['hours_per_week']} heures par semaine dès le {facts['starts_on']:%d/%m/%Y}"]
    proof = _proof(scene, "Contrat de travail", words, by, now)
    accompagnateurs.sign_contrat(accompagnateur=person, by=by, now=now, proof=proof, **facts)


def _payer(scene: Scene, key: str, amounts: list[MontantSaisi], by: Actor, now: dt.datetime) -> None:
    frais.enregistrer_montants(accompagnateur=scene.accompagnateurs[key], montants=amounts, by=by, now=now)


def _deposer(scene: Scene, data: Mapping[str, Any], row: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    year = int(row["annee"])
    nature = CompteIndividuel.Nature(row["nature"])
    person = scene.accompagnateurs[data["cle"]]
    fichier = FichierSaisi(
        compte_pdf(data, year, nature.label, until=row["recu_le"]),
        f"compte-individuel-{year}-{data['name'].lower()}{'' if nature == 'definitif' else '-provisoire'}.pdf",
    )
    frais.deposer_compte(
        accompagnateur=person, year=year, nature=nature, fichier=fichier, received_on=row["recu_le"], by=by, now=now
    )


def compte_pdf(data: Mapping[str, Any], year: int, titre: str, *, until: dt.date) -> bytes:
    """Set a civil year as the social secretariat would: a row a month, a column for the whole."""
    rows = [f"{data['first_name']} {data['name']}   Ateliers du Tilleul SC   année {year}", ""]
    total = Decimal(0)
    for month, amounts in sorted(montants_par_mois(data).items()):
        if month.year != year or month >= until.replace(day=1):
            continue
        for one in amounts:
            sign = -1 if one.component == Composant.AUTRES_AIDES else 1
            total += sign * one.amount
            amount = f"{sign * one.amount:>12.2f}".replace(".", ",")
            rows.append(f"{month:%m/%Y}   {one.component.label:<48}{amount}")
    rows += ["", f"{'Total':<58}{total:>12.2f}".replace(".", ",")]
    return feuille(f"{titre} {year}", rows, chasse_fixe=True)
