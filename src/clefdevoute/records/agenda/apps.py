"""Registers this folder with Django."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.agenda"
    label = "agenda"
    verbose_name = "Agenda"
