"""Who signs in: an e-mail address, a name, no username; and the timed visits of support."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models.base import RecordModel


class UserManager(BaseUserManager["User"]):
    """Creates users; an address is kept in lower case so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "", **fields: Any) -> "User":
        """Create a user; without a password the account waits for its invitation."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, whatever its case."""
        return self.get(email=(username or "").lower())

    def visible_to(self, actor: Actor) -> models.QuerySet["User"]:
        """Only oneself: colleagues are reached through their roles, in ``entreprises``."""
        return self.filter(pk=actor.user_id)


class User(AbstractBaseUser):
    """A person who signs in; what she may do is in her roles, never here."""

    classes: ClassVar = {
        "email": FieldClass.PERSONNEL,
        "name": FieldClass.PERSONNEL,
        "language": FieldClass.PERSONNEL,
        "is_active": FieldClass.ADMINISTRATIF,
        "created_at": FieldClass.ADMINISTRATIF,
        "password": FieldClass.SECRET_SOCIAL,
        "last_login": FieldClass.PERSONNEL,
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("adresse e-mail", unique=True)
    name = models.CharField("nom", max_length=200, blank=True)
    language = models.CharField("langue", max_length=5, default="fr")
    is_active = models.BooleanField("actif", default=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "utilisateur"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message="L’adresse e-mail s’écrit en minuscules : corrigez-la.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Keep the address in lower case: one person, one account."""
        self.email = self.email.strip().lower()


class SupportSessionQuerySet(models.QuerySet["SupportSession"]):
    """Sessions of support, as an actor may see them."""

    def visible_to(self, actor: Actor) -> "SupportSessionQuerySet":
        """The enterprise that was visited, and the visitor."""
        if actor.role is Role.SUPPORT:
            return self.filter(user_id=actor.user_id)
        if actor.entreprise_id is None:
            return self.none()
        return self.filter(entreprise_id=actor.entreprise_id)

    def open_at(self, now: dt.datetime) -> "SupportSessionQuerySet":
        """Those running at that moment."""
        return self.filter(starts_at__lte=now, ends_at__gt=now, closed_at=None)


class SupportSession(RecordModel):
    """A visit of support in one enterprise: asked with a reason, ended by the clock, journalled."""

    classes: ClassVar = {
        "user": FieldClass.ADMINISTRATIF,
        "entreprise_id": FieldClass.ADMINISTRATIF,
        "reason": FieldClass.ADMINISTRATIF,
        "starts_at": FieldClass.ADMINISTRATIF,
        "ends_at": FieldClass.ADMINISTRATIF,
        "closed_at": FieldClass.ADMINISTRATIF,
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entreprise_id = models.UUIDField("entreprise", db_index=True)
    reason = models.CharField("raison", max_length=500)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin prévue")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    objects = SupportSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session d’assistance"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="support_session_dates",
                violation_error_message="La session d’assistance finit avant de commencer : corrigez l’heure de fin.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="support_session_reason",
                violation_error_message="Une session d’assistance a une raison : écrivez-la en une phrase.",
            ),
        ]
