"""What is being written: kept at every pause, sealed, for its author alone, until it is finished or thrown away."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.suivi.models.base import DossierModel
from clefdevoute.records.suivi.models.notes import OwnQuerySet

PERSONNEL = FieldClass.PERSONNEL


class Brouillon(DossierModel):
    """
    One unfinished form of one author about one person.

    ``subject`` is what the form is about (an appointment, or the person when it starts from nothing).
    ``version`` grows at each saving and ``saved_from`` names the tab it came from, so that a second tab
    is noticed; ``replaced`` keeps the text that lost when two tabs disagreed. Its fields may hold health:
    the whole is of the class of the most secret one.
    """

    class Form(models.TextChoices):
        ENTRETIEN = "entretien", "Entretien"
        APPEL = "appel", "Appel"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par"
    )
    form = models.CharField("formulaire", max_length=20, choices=Form)
    subject = models.UUIDField("à propos de")
    content = EncryptedTextField("contenu")
    replaced = EncryptedTextField("texte remplacé", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    saved_from = models.UUIDField("depuis l’onglet", null=True, blank=True)
    saved_at = models.DateTimeField("enregistré le")

    objects = OwnQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "author": PERSONNEL,
        "form": PERSONNEL,
        "subject": PERSONNEL,
        "content": FieldClass.SANTE,
        "replaced": FieldClass.SANTE,
        "version": PERSONNEL,
        "saved_from": PERSONNEL,
        "saved_at": PERSONNEL,
    }

    class Meta:
        verbose_name = "brouillon"
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["entreprise", "author", "-saved_at"], name="brouillon_of_author")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "travailleur", "form", "subject"],
                name="brouillon_one_per_form",
                violation_error_message="Un brouillon de ce formulaire existe déjà. Reprenez-le dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="brouillon_version_counts",
                violation_error_message="Un brouillon enregistré a une version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, brouillon du {self.saved_at:%d/%m/%Y}"
