"""Registers this folder with Django."""

from django.apps import AppConfig


class EspaceAgendaConfig(AppConfig):
    """The Django app of this folder; the records of the agenda hold its plain label."""

    name = "clefdevoute.workspaces.agenda"
    label = "espace_agenda"
    verbose_name = "Espace agenda"
