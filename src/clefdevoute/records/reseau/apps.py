"""Registers this folder with Django."""

from django.apps import AppConfig


class ReseauConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.reseau"
    label = "reseau"
    verbose_name = "Réseau"
