"""Every field of every model has a class, so that a wall can be checked by a test rather than by memory."""

from enum import StrEnum


class FieldClass(StrEnum):
    """How secret a field is, from the annuaire to the health compartment."""

    PUBLIC = "public"
    ADMINISTRATIF = "administratif"
    PERSONNEL = "personnel"
    SECRET_SOCIAL = "secret_social"
    SANTE = "sante"
