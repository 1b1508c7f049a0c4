"""Registers this folder with Django."""

from django.apps import AppConfig


class AccompagnateurConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.workspaces.accompagnateur"
    label = "accompagnateur"
    verbose_name = "Suivi"
