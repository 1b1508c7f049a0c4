"""The enterprise itself, who works there and who looks at it from outside."""

import datetime as dt
from functools import partial

from clefdevoute.config.exemple.recit import Recit, Scene, donnees
from clefdevoute.records.entreprises import actions
from clefdevoute.records.entreprises.affectations import actor_for
from clefdevoute.records.entreprises.models import ROLES_OF_ENTREPRISE
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.models import User
from clefdevoute.records.foundation.permissions import ROLES

PASSWORD = "tilleul-de-demonstration"
_DATA = donnees("entreprise")
BCE = str(_DATA["entreprise"]["bce"])
_WORDS = {"chef_entreprise": "chef d’entreprise", "instruire": "instruit", "valider": "valide"}


def _label(user: dict[str, object]) -> str:
    """Say a role as the terminal shows it, with what was given by name."""
    words = user.get("words")
    more = f", {', '.join(_WORDS[word] for word in words)}" if isinstance(words, list) else ""
    return f"{ROLES[Role(str(user['role']))].name}{more} ({user['name']})"


ACCOUNTS = tuple((str(user["email"]), _label(user)) for user in _DATA["utilisateurs"])


def ouvrir() -> Scene:
    """Open the accounts, the enterprise and the roles, on the first day."""
    moment = dt.datetime.combine(_DATA["ouverte_le"], dt.time(7, 0, tzinfo=dt.UTC))
    comptes = {
        user["cle"]: User.objects.create_user(user["email"], PASSWORD, name=user["name"])
        for user in _DATA["utilisateurs"]
    }
    installation = Actor(comptes["chef"].pk, Role.SUPPORT, None)
    entreprise = actions.create_entreprise(by=installation, now=moment, **_DATA["entreprise"])
    acteurs = {}
    for user in _DATA["utilisateurs"]:
        role = Role(user["role"])
        held = actions.give_affectation(
            user=comptes[user["cle"]],
            role=role,
            entreprise_id=entreprise.pk if role in ROLES_OF_ENTREPRISE else None,
            words=tuple(user.get("words", ())),
            starts_on=moment.date(),
            by=installation,
            now=moment,
        )
        acteurs[user["cle"]] = actor_for(comptes[user["cle"]], held)
    return Scene(entreprise, acteurs, comptes)


def raconter(scene: Scene, recit: Recit) -> None:
    """Record the approvals, the VAT and the enterprise's own accounts."""
    by = scene.acteurs["gestionnaire"]
    for row in _DATA["agrements"]:
        day, facts = row["le"], {name: value for name, value in row.items() if name != "le"}
        recit.le(day, partial(_agrement, scene, facts, by))
    for row in _DATA["tva"]:
        recit.le(_DATA["ouverte_le"], partial(_tva, scene, row, by))
    for row in _DATA["comptes"]:
        recit.le(_DATA["ouverte_le"], partial(_compte, scene, row, by))


def _agrement(scene: Scene, facts: dict[str, object], by: Actor, now: dt.datetime) -> None:
    actions.record_agrement(entreprise=scene.entreprise, by=by, now=now, **facts)  # type: ignore[arg-type]


def _tva(scene: Scene, row: dict[str, object], by: Actor, now: dt.datetime) -> None:
    actions.set_part_tva(entreprise=scene.entreprise, by=by, now=now, **row)  # type: ignore[arg-type]


def _compte(scene: Scene, row: dict[str, str], by: Actor, now: dt.datetime) -> None:
    starts_on = dt.date(2024, 4, 1)
    actions.set_compte_ligne(entreprise=scene.entreprise, starts_on=starts_on, by=by, now=now, **row)
