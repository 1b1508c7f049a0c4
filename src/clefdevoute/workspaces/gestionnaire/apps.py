"""Registers this folder with Django."""

from django.apps import AppConfig


class GestionnaireConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.workspaces.gestionnaire"
    label = "gestionnaire"
    verbose_name = "Gestion"
