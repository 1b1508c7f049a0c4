"""Registers this folder with Django."""

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.parcours"
    label = "parcours"
    verbose_name = "Parcours"
