"""Registers this folder with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.ui"
    label = "ui"
    verbose_name = "Dessin"
