"""Registers this folder with Django."""

from django.apps import AppConfig


class AmenagementsConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.amenagements"
    label = "amenagements"
    verbose_name = "Aménagements"
