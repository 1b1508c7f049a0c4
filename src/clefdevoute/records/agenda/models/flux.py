"""What leaves the agenda: calendar feeds, convocations and the e-mails that carry them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.agenda.models.base import ADMINISTRATIF, PERSONNEL
from clefdevoute.records.agenda.models.rendez_vous import RendezVous
from clefdevoute.records.agenda.models.seances import Presence
from clefdevoute.records.agenda.querysets import AgendaQuerySet, FluxQuerySet
from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.personnes.models import Accompagnateur


class FluxAgenda(TenantModel):
    """An address that a calendar reads; only the hash of its secret part is kept, so it is shown once."""

    accompagnateur = models.ForeignKey(
        Accompagnateur, on_delete=models.PROTECT, related_name="+", verbose_name="accompagnateur"
    )
    token_hash = models.CharField("empreinte de la clé", max_length=64, editable=False)
    created_at = models.DateTimeField("créé le")
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = FluxQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "accompagnateur": PERSONNEL,
        "token_hash": ADMINISTRATIF,
        "created_at": ADMINISTRATIF,
        "revoked_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "flux d’agenda"
        verbose_name_plural = "flux d’agenda"
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"],
                name="flux_token_unique",
                violation_error_message="Cette clé existe déjà : demandez-en une autre.",
            ),
            models.UniqueConstraint(
                fields=["accompagnateur"],
                condition=Q(revoked_at__isnull=True),
                name="flux_one_open_per_accompagnateur",
                violation_error_message="Un flux est déjà ouvert pour cet agenda : révoquez-le d’abord.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                name="flux_revoked_after_created",
                violation_error_message="Un flux se révoque après avoir été créé.",
            ),
        ]

    def __str__(self) -> str:
        return f"Flux du {self.created_at:%d/%m/%Y}"


class Courriel(TenantModel):
    """An e-mail as it was written; without a mail server it waits here to be handed over by a person."""

    class State(models.TextChoices):
        A_REMETTRE = "a_remettre", "À remettre"
        PARTI = "parti", "Parti"
        ECHEC = "echec", "Échec de l’envoi"

    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    purpose = models.CharField("raison", max_length=40)
    state = models.CharField("état", max_length=10, choices=State, default=State.A_REMETTRE)
    written_at = models.DateTimeField("écrit le")
    handed_at = models.DateTimeField("parti le", null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "to": PERSONNEL,
        "subject": PERSONNEL,
        "body": PERSONNEL,
        "purpose": ADMINISTRATIF,
        "state": ADMINISTRATIF,
        "written_at": ADMINISTRATIF,
        "handed_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "courriel"
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["entreprise", "-written_at"], name="courriel_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body=""),
                name="courriel_has_words",
                violation_error_message="Un courriel a un objet et un texte.",
            ),
            models.CheckConstraint(
                condition=Q(state="parti", handed_at__isnull=False) | (~Q(state="parti") & Q(handed_at__isnull=True)),
                name="courriel_gone_with_its_moment",
                violation_error_message="Un courriel parti porte le moment de son départ, et lui seul.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Convocation(TenantModel):
    """One convocation made for an appointment or for a place at a séance: which way, when, by whom."""

    class Channel(models.TextChoices):
        LETTRE = "lettre", "Lettre"
        COURRIEL = "courriel", "Courriel"
        SMS = "sms", "SMS copié"

    rendez_vous = models.ForeignKey(
        RendezVous, on_delete=models.PROTECT, related_name="+", verbose_name="rendez-vous", null=True, blank=True
    )
    presence = models.ForeignKey(
        Presence, on_delete=models.PROTECT, related_name="+", verbose_name="place à la séance", null=True, blank=True
    )
    channel = models.CharField("voie", max_length=10, choices=Channel)
    courriel = models.ForeignKey(
        Courriel, on_delete=models.PROTECT, related_name="+", verbose_name="courriel", null=True, blank=True
    )
    made_at = models.DateTimeField("faite le")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="faite par"
    )

    objects = AgendaQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "rendez_vous": PERSONNEL,
        "presence": PERSONNEL,
        "channel": PERSONNEL,
        "courriel": PERSONNEL,
        "made_at": ADMINISTRATIF,
        "made_by": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "convocation"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rendez_vous__isnull=False, presence__isnull=True)
                | Q(rendez_vous__isnull=True, presence__isnull=False),
                name="convocation_for_one_thing",
                violation_error_message="Une convocation vaut pour un rendez-vous ou pour une séance, jamais les deux.",
            ),
            models.CheckConstraint(
                condition=Q(channel="courriel", courriel__isnull=False)
                | (~Q(channel="courriel") & Q(courriel__isnull=True)),
                name="convocation_by_mail_has_its_mail",
                violation_error_message="Une convocation par courriel garde son courriel, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.made_at:%d/%m/%Y}"
