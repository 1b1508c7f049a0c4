"""Registers this folder with Django."""

from django.apps import AppConfig


class TempsConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.temps"
    label = "temps"
    verbose_name = "Temps et trajets"
