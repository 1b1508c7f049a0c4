"""Registers this folder with Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.workspaces.public"
    label = "public"
    verbose_name = "Public"
