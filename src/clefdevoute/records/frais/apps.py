"""Registers this folder with Django."""

from django.apps import AppConfig


class FraisConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.frais"
    label = "frais"
    verbose_name = "Frais"
