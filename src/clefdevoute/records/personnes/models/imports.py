"""A register handed in as a spreadsheet: the file, the choices and the counts survive every step."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
_APPLIED = ["applique", "annule"]


class ImportTravailleurs(TenantModel):
    """One import of the register, from the file laid down to its undoing."""

    class State(models.TextChoices):
        DEPOSE = "depose", "Déposé"
        APPLIQUE = "applique", "Appliqué"
        ANNULE = "annule", "Annulé"

    file = models.ForeignKey(ProofFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    sheet = models.CharField("feuille", max_length=100, blank=True)
    mapping = models.JSONField("colonnes", default=dict, blank=True)
    confirmed = models.JSONField("lignes confirmées", default=list, blank=True)
    counts = models.JSONField("comptes", default=dict, blank=True)
    before = models.JSONField("valeurs d’avant", default=list, blank=True, editable=False)
    state = models.CharField("état", max_length=10, choices=State, default=State.DEPOSE)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="déposé par"
    )
    uploaded_at = models.DateTimeField("déposé le")
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = {
        "file": PERSONNEL,
        "sheet": ADMINISTRATIF,
        "mapping": ADMINISTRATIF,
        "confirmed": ADMINISTRATIF,
        "counts": ADMINISTRATIF,
        "before": PERSONNEL,
        "state": ADMINISTRATIF,
        "uploaded_by": ADMINISTRATIF,
        "uploaded_at": ADMINISTRATIF,
        "applied_at": ADMINISTRATIF,
        "undone_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "import de travailleurs"
        verbose_name_plural = "imports de travailleurs"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_APPLIED, applied_at__isnull=False)
                | (~Q(state__in=_APPLIED) & Q(applied_at__isnull=True)),
                name="import_applied_at_iff_applied",
                violation_error_message="Un import appliqué porte la date de son application, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(state="annule", undone_at__isnull=False) | (~Q(state="annule") & Q(undone_at__isnull=True)),
                name="import_undone_at_iff_undone",
                violation_error_message="Un import annulé porte la date de son annulation, et lui seul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename}, {self.get_state_display().lower()}"

    @property
    def filename(self) -> str:
        """Give the name of the file, sealed with it."""
        return self.file.filename
