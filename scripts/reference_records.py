"""
Write the references of the records from their own code: every field with its class, every role with its permissions.

Run ``python scripts/reference_records.py``; a test says when the pages are older than the models.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clefdevoute.config.settings")
os.environ.setdefault("CLEFDEVOUTE_SANS_SECRET", "1")

import django  # noqa: E402 - the script finds its package first
from django.apps import apps  # noqa: E402

if not apps.ready:
    django.setup()

from django.db import models  # noqa: E402

from clefdevoute.records.foundation.classification import KNOWN, FieldClass, classes_of  # noqa: E402
from clefdevoute.records.foundation.permissions import BRINGS, ROLES, Permission  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
WRITTEN = "Page écrite par `python scripts/reference_records.py` : ne la corrigez pas à la main.\n"
MEANINGS = {
    FieldClass.PUBLIC: "Se trouve aussi dans une source ouverte à tous.",
    FieldClass.ADMINISTRATIF: "Sert à la subvention et à sa preuve ; ne parle pas d’une personne suivie.",
    FieldClass.PERSONNEL: "Dit quelque chose d’une personne ; vu des rôles qui en ont besoin.",
    FieldClass.SECRET_SOCIAL: "Contenu de l’accompagnement ; chiffré au repos, jamais dans un historique.",
    FieldClass.SANTE: "Santé, handicap, minorité ; chiffré au repos, chaque ouverture est inscrite au journal.",
}


def own_models() -> dict[str, list[type[models.Model]]]:
    """Gather our models by domain, in the order of their floors."""
    domains: dict[str, list[type[models.Model]]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("clefdevoute.records."):
            domains[config.name.rpartition(".")[2]] = sorted(config.get_models(), key=lambda model: model.__name__)
    return domains


def _kind(field: models.Field) -> str:
    if field.related_model is not None and isinstance(field.related_model, type):
        return f"→ `{field.related_model.__name__}`"
    return f"`{type(field).__name__.removesuffix('Field')}`"


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def _model(model: type[models.Model]) -> list[str]:
    classes = classes_of(model)
    lines = ["", f"### `{model.__name__}`", "", f"{str(model._meta.verbose_name).capitalize()}.", ""]
    lines += ["| Champ | Nom montré | Sorte | Classe |", "|---|---|---|---|"]
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        said = "clé" if field.name == "id" else "entreprise" if field.name in KNOWN else classes[field.name].value
        lines.append(f"| `{field.name}` | {_cell(field.verbose_name)} | {_kind(field)} | {said} |")
    return lines


def champs() -> str:
    """Write every field of every model with its class."""
    lines = ["# Champs et leur classe", "", WRITTEN]
    lines += ["Chaque champ a une classe : un mur entre le social et l’argent se vérifie ainsi par un test.", ""]
    lines += ["| Classe | Ce qu’elle veut dire |", "|---|---|"]
    lines += [f"| {name.value} | {MEANINGS[name]} |" for name in FieldClass]
    lines += ["", "« clé » est un identifiant tiré au hasard (UUIDv7) ; « entreprise » dit à qui la rangée appartient."]
    for domain, found in own_models().items():
        lines += ["", f"## `{domain}`"]
        for model in found:
            lines += _model(model)
    return "\n".join(lines) + "\n"


def _mark(role: object, permission: Permission) -> str:
    profile = ROLES[role]  # type: ignore[index]  # the roles come from the table itself
    if permission in profile.permissions:
        return "●"
    by_name = any(permission in BRINGS.get(given, ()) for given in profile.grantable)
    return "○" if permission in profile.grantable or by_name else ""


def permissions() -> str:
    """Write the matrix of roles and permissions, and what each role is for."""
    lines = ["# Rôles et permissions", "", WRITTEN]
    lines += ["● vient avec le rôle. ○ se donne à une personne, par son nom. Vide : jamais.", ""]
    lines += ["| Rôle | Ce qu’il fait | Dans une entreprise |", "|---|---|---|"]
    for profile in ROLES.values():
        lines.append(f"| {profile.name} | {profile.description} | {'oui' if profile.in_entreprise else 'non'} |")
    lines += ["", "| Permission | " + " | ".join(profile.name for profile in ROLES.values()) + " |"]
    lines += ["|---|" + ":-:|" * len(ROLES)]
    for permission in Permission:
        marks = " | ".join(_mark(role, permission) for role in ROLES)
        lines.append(f"| {permission.label}<br>`{permission.value}` | {marks} |")
    lines += ["", "## Ce qu’une permission donnée par son nom apporte", ""]
    for given, brought in BRINGS.items():
        named = ", ".join(f"`{item.value}`" for item in sorted(brought))
        lines.append(f"- `{given.value}` : {named}.")
    lines += ["", "Une session est celle d’un rôle dans une entreprise, montré en haut de chaque page."]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Answer the pages by file name."""
    return {"champs.md": champs(), "permissions.md": permissions()}


if __name__ == "__main__":
    for page, text in pages().items():
        (FOLDER / page).write_text(text, encoding="utf-8")
