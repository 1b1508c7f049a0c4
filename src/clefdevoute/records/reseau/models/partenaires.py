"""Those with whom one works for a person, and whom one calls there; never anything about a person followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.entreprises.validators import validate_bce
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.recherche import fold
from clefdevoute.records.reseau.querysets import ReseauQuerySet

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class Partenaire(TenantModel):
    """An organisation of the network; left out of the lists once closed, never removed."""

    class Kind(models.TextChoices):
        ENTREPRISE = "entreprise", "Entreprise"
        CPAS = "cpas", "CPAS"
        FOREM = "forem", "Forem"
        FORMATION = "formation", "Centre de formation"
        VALIDATION = "validation", "Centre de validation des compétences"
        SERVICE_SOCIAL = "service_social", "Service social"
        AUTRE = "autre", "Autre"

    kind = models.CharField("sorte", max_length=15, choices=Kind)
    name = models.CharField("nom", max_length=200)
    street = models.CharField("rue et numéro", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("localité", max_length=100, blank=True)
    bce = models.CharField("numéro d’entreprise (BCE)", max_length=10, blank=True, validators=[validate_bce])
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("courriel", blank=True)
    closed_on = models.DateField("plus de collaboration depuis le", null=True, blank=True)
    search_key = models.CharField("clé de recherche", max_length=320, editable=False, blank=True)

    objects = ReseauQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = dict.fromkeys(
        (
            "kind",
            "name",
            "street",
            "postal_code",
            "city",
            "bce",
            "phone",
            "email",
            "closed_on",
            "search_key",
        ),
        ADMINISTRATIF,
    )

    class Meta:
        verbose_name = "partenaire"
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["entreprise", "kind", "name"], name="partenaire_by_kind"),
            models.Index(fields=["entreprise", "name"], name="partenaire_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="partenaire_named",
                violation_error_message="Un partenaire a un nom : écrivez-le.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Write the address on one line, without what is missing."""
        place = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street, place) if part)

    def folded(self) -> str:
        """Give what a search compares: name and place, without accents."""
        return fold(f"{self.name} {self.city} {self.postal_code}")[:320]


class Contact(TenantModel):
    """A person one calls at a partner."""

    partenaire = models.ForeignKey(Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="partenaire")
    name = models.CharField("nom et prénom", max_length=150)
    function = models.CharField("fonction", max_length=150, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("courriel", blank=True)
    left_on = models.DateField("n’y travaille plus depuis le", null=True, blank=True)

    objects = ReseauQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "partenaire": ADMINISTRATIF,
        "name": PERSONNEL,
        "function": PERSONNEL,
        "phone": PERSONNEL,
        "email": PERSONNEL,
        "left_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "contact"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="contact_named",
                violation_error_message="Un contact a un nom : écrivez-le.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
