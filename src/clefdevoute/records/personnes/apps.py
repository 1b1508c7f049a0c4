"""Registers this folder with Django."""

from django.apps import AppConfig


class PersonnesConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.personnes"
    label = "personnes"
    verbose_name = "Personnes"
