"""Registers this folder with Django."""

from django.apps import AppConfig


class CompteConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.workspaces.compte"
    label = "compte"
    verbose_name = "Compte"
