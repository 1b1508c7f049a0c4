"""Registers this folder with Django."""

from django.apps import AppConfig


class SubventionsConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.subventions"
    label = "subventions"
    verbose_name = "Subventions"
