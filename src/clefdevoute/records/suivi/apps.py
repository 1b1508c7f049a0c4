"""Registers this folder with Django."""

from django.apps import AppConfig


class SuiviConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.suivi"
    label = "suivi"
    verbose_name = "Suivi"
