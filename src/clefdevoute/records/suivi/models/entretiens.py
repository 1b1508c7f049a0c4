"""An individual interview: what was spoken about, in words only the notes hold; when and how stands in the agenda."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from clefdevoute.records.agenda.models import RendezVous
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Accompagnateur
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL


class Entretien(DossierModel):
    """
    The content side of an appointment that took place; the agenda alone feeds the clocks.

    ``themes`` holds the codes of the chips; ``finished_at`` is when its author closed the page.
    """

    rendez_vous = models.OneToOneField(
        RendezVous, on_delete=models.PROTECT, related_name="+", verbose_name="rendez-vous"
    )
    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="mené par"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )
    themes = models.JSONField("thèmes", default=list, blank=True)
    finished_at = models.DateTimeField("terminé le")

    classes: ClassVar[dict[str, FieldClass]] = {
        "rendez_vous": PERSONNEL,
        "accompagnateur": PERSONNEL,
        "author": PERSONNEL,
        "themes": PERSONNEL,
        "finished_at": PERSONNEL,
    }

    class Meta:
        verbose_name = "entretien"
        ordering = ["-finished_at", "-id"]
        indexes = [
            models.Index(fields=["travailleur", "-finished_at"], name="entretien_of_person"),
            models.Index(fields=["entreprise", "-finished_at"], name="entretien_of_entreprise"),
        ]

    def __str__(self) -> str:
        return f"Entretien terminé le {self.finished_at:%d/%m/%Y}"
