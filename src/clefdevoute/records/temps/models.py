"""
The route sheet row by row, and the prior authorisation of a journey abroad (fiche 06, partie F; A12, A26).

The purpose is administrative on purpose: a route sheet is read at a control, so it names no travailleur.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Accompagnateur

from .querysets import TempsQuerySet

ADMIN = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL


class AutorisationEtranger(TenantModel):
    """The reasoned request for one journey abroad, and what was answered; it must come before the departure (A26)."""

    class State(models.TextChoices):
        DEMANDEE = "demandee", "Demandée, sans réponse"
        ACCORDEE = "accordee", "Accordée"
        REFUSEE = "refusee", "Refusée"

    accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+")
    destination = models.CharField("destination", max_length=200)
    departure_on = models.DateField("départ le")
    return_on = models.DateField("retour le")
    request = models.TextField("demande motivée")
    requested_on = models.DateField("demandée le")
    state = models.CharField("état", max_length=8, choices=State, default=State.DEMANDEE)
    decided_on = models.DateField("réponse du", null=True, blank=True)
    reference = models.CharField("référence de la réponse", max_length=100, blank=True, default="")

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "destination": ADMIN,
        "departure_on": ADMIN,
        "return_on": ADMIN,
        "request": ADMIN,
        "requested_on": ADMIN,
        "state": ADMIN,
        "decided_on": ADMIN,
        "reference": ADMIN,
    }

    objects = TempsQuerySet.as_manager()

    class Meta:
        verbose_name = "autorisation pour l’étranger"
        verbose_name_plural = "autorisations pour l’étranger"
        ordering = ["departure_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(request=""),
                name="autorisation_has_reasons",
                violation_error_message="La demande est motivée : écrivez pourquoi ce voyage est nécessaire.",
            ),
            models.CheckConstraint(
                condition=Q(return_on__gte=F("departure_on")),
                name="autorisation_dates_in_order",
                violation_error_message="Le retour précède le départ : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=(Q(state="demandee", decided_on__isnull=True) & Q(reference=""))
                | (~Q(state="demandee") & Q(decided_on__isnull=False) & ~Q(reference="")),
                name="autorisation_answer_with_day_and_reference",
                violation_error_message=(
                    "Une réponse porte sa date et sa référence, une demande sans réponse ni l’une ni l’autre."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("requested_on")),
                name="autorisation_answer_follows_request",
                violation_error_message="La réponse précède la demande : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination}, départ le {self.departure_on:%d/%m/%Y}"


class Deplacement(TenantModel):
    """One trip of an accompagnateur; its day places it in the agrément year (A6)."""

    class Nature(models.TextChoices):
        MISSION = "mission", "Mission"
        DOMICILE = "domicile_travail", "Domicile – travail"

    class Moyen(models.TextChoices):
        VOITURE = "voiture", "Voiture"
        TRANSPORT_PUBLIC = "transport_public", "Transport public"

    accompagnateur = models.ForeignKey(Accompagnateur, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField("jour du trajet")
    nature = models.CharField("nature", max_length=16, choices=Nature, default=Nature.MISSION)
    moyen = models.CharField("moyen", max_length=16, choices=Moyen, default=Moyen.VOITURE)
    departure = models.CharField("lieu de départ", max_length=200)
    destination = models.CharField("destination", max_length=200)
    purpose = models.TextField("motif")
    kilometres = models.DecimalField("kilomètres", max_digits=7, decimal_places=2, null=True, blank=True)
    price = models.DecimalField("prix payé", max_digits=9, decimal_places=2, null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="titre de transport ou preuve du coût",
    )
    abroad = models.BooleanField("à l’étranger", default=False)
    autorisation = models.ForeignKey(
        AutorisationEtranger,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="autorisation pour l’étranger",
    )

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "held_on": ADMIN,
        "nature": ADMIN,
        "moyen": ADMIN,
        "departure": PERSONNEL,
        "destination": PERSONNEL,
        "purpose": ADMIN,
        "kilometres": ADMIN,
        "price": ADMIN,
        "proof": ADMIN,
        "abroad": ADMIN,
        "autorisation": ADMIN,
    }

    objects = TempsQuerySet.as_manager()

    class Meta:
        verbose_name = "déplacement"
        verbose_name_plural = "déplacements"
        ordering = ["held_on", "pk"]
        indexes = [models.Index(fields=["entreprise", "held_on"], name="deplacement_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(departure="") & ~Q(destination=""),
                name="deplacement_from_and_to",
                violation_error_message="Écrivez d’où part le trajet et où il mène.",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="deplacement_has_a_purpose",
                violation_error_message="La feuille de route porte un motif : écrivez-le, sans nom de travailleur.",
            ),
            models.CheckConstraint(
                condition=Q(nature="mission", moyen="voiture", kilometres__isnull=False, price__isnull=True)
                & Q(kilometres__gt=0)
                | (
                    ~Q(nature="mission", moyen="voiture")
                    & Q(kilometres__isnull=True, price__isnull=False)
                    & Q(price__gte=0)
                ),
                name="deplacement_one_measure",
                violation_error_message=(
                    "Une mission en voiture se compte en kilomètres ; un titre de transport ou un trajet domicile – "
                    "travail, à son prix payé. Remplissez l’un des deux, et lui seul."
                ),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(proof__isnull=False),
                name="deplacement_price_with_proof",
                violation_error_message="Un prix se prouve : joignez le titre de transport ou la preuve du paiement.",
            ),
            models.CheckConstraint(
                condition=Q(autorisation__isnull=True) | Q(abroad=True),
                name="deplacement_authorised_abroad_only",
                violation_error_message="Une autorisation ne sert qu’à un trajet à l’étranger : cochez-le, ou ôtez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.departure} – {self.destination}, le {self.held_on:%d/%m/%Y}"
