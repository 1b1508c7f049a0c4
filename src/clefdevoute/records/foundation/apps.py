"""Registers this folder with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.foundation"
    label = "foundation"
    verbose_name = "Fondations"
