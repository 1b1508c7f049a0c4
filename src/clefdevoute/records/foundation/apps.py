"""Registers this folder with Django, and puts the triggers back after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from clefdevoute.records.foundation import triggers


class FoundationConfig(AppConfig):
    """The Django app of this folder."""

    name = "clefdevoute.records.foundation"
    label = "foundation"
    verbose_name = "Fondations"

    def ready(self) -> None:
        """Listen to the one signal of the project (ADR 0011)."""
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="clefdevoute.triggers")
