"""Registers this folder with Django."""

from django.apps import AppConfig


class EcheancesConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.echeances"
    label = "echeances"
    verbose_name = "Échéances"
