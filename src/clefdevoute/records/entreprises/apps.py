"""Registers this folder with Django."""

from django.apps import AppConfig


class EntreprisesConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.entreprises"
    label = "entreprises"
    verbose_name = "Entreprises"
