"""
What a person agreed to, for one purpose, by which text, from when to when (fiche 06, tâche 8; RGPD, art. 7).

One row is one question asked; a new question is a new row. Its dates are set once each, and the
append-only movements beside it tell who noted which of them, and when.
"""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clefdevoute.records.entreprises.models import AppendOnlyTenantModel
from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.suivi.models.base import DossierModel, DossierQuerySet

ADMINISTRATIF = FieldClass.ADMINISTRATIF
PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


def in_force(on: dt.date) -> Q:
    """Keep the consents that hold on a day; withdrawn the same day, they no longer do."""
    return (
        Q(given_on__lte=on)
        & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
        & (Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))
        & (Q(expires_on__isnull=True) | Q(expires_on__gte=on))
    )


class ConsentementQuerySet(DossierQuerySet):
    """Consents, as the accompagnateurs of the dossier see them."""

    def in_force(self, on: dt.date) -> Self:
        """Keep those that hold on a day."""
        return self.filter(in_force(on))


class Consentement(DossierModel):
    """One question asked to a person for one purpose, and her answer."""

    class Purpose(models.TextChoices):
        FOREM = "forem", "Envoyer ses données au Forem"
        RAPPEL_SORTIE = "rappel_sortie", "La rappeler après sa sortie"
        SANTE_EQUIPE = "sante_equipe", "Montrer sa santé à l’équipe"
        CONTACT_TIERS = "contact_tiers", "Parler d’elle à un autre service"

    class Etat(models.TextChoices):
        NON_DEMANDE = "non_demande", "Non demandé"
        DEMANDE = "demande", "Demandé"
        DONNE = "donne", "Donné"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"
        ECHU = "echu", "Échu"

    class Signature(models.TextChoices):
        PAPIER = "papier", "Signé sur papier"
        ECRAN = "ecran", "Signé à l’écran"

    purpose = models.CharField("but", max_length=16, choices=Purpose)
    text_version = models.CharField("version du texte", max_length=10)
    language = models.CharField("langue", max_length=2, default="fr")
    tiers = EncryptedTextField("service nommé", null=True, blank=True)
    asked_on = models.DateField("demandé le")
    given_on = models.DateField("donné le", null=True, blank=True)
    refused_on = models.DateField("refusé le", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    replaced_on = models.DateField("remplacé le", null=True, blank=True)
    expires_on = models.DateField("vaut jusqu’au", null=True, blank=True)
    signature = models.CharField("signature", max_length=6, choices=Signature, blank=True, default="")
    strokes = EncryptedTextField("traits de la signature", null=True, blank=True)
    proof = models.ForeignKey(
        ProofFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="page signée"
    )

    objects: Any = ConsentementQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "purpose": PERSONNEL,
        "text_version": ADMINISTRATIF,
        "language": PERSONNEL,
        "tiers": SECRET,
        "asked_on": PERSONNEL,
        "given_on": PERSONNEL,
        "refused_on": PERSONNEL,
        "withdrawn_on": PERSONNEL,
        "replaced_on": PERSONNEL,
        "expires_on": PERSONNEL,
        "signature": PERSONNEL,
        "strokes": SECRET,
        "proof": SECRET,
    }

    class Meta:
        verbose_name = "consentement"
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["travailleur", "purpose", "asked_on"], name="consentement_by_purpose"),
            models.Index(
                fields=["entreprise", "asked_on"],
                condition=Q(given_on__isnull=True, refused_on__isnull=True),
                name="consentement_unanswered",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "purpose"],
                condition=Q(given_on__isnull=True, refused_on__isnull=True) & ~Q(purpose="contact_tiers"),
                name="consentement_one_question_open",
                violation_error_message="Cette question est déjà posée et attend sa réponse : notez la réponse.",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True) | Q(refused_on__isnull=True),
                name="consentement_one_answer",
                violation_error_message="Une réponse est oui ou non, pas les deux : posez la question à nouveau.",
            ),
            models.CheckConstraint(
                condition=(Q(given_on__isnull=True) | Q(given_on__gte=F("asked_on")))
                & (Q(refused_on__isnull=True) | Q(refused_on__gte=F("asked_on"))),
                name="consentement_answer_follows_question",
                violation_error_message="La réponse précède la question : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, withdrawn_on__isnull=True, replaced_on__isnull=True)
                & Q(expires_on__isnull=True)
                | Q(given_on__isnull=False)
                & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")))
                & (Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("given_on")))
                & (Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on"))),
                name="consentement_ends_after_it_was_given",
                violation_error_message="Seul un oui donné se retire ou s’arrête, et jamais avant sa date.",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True) & Q(signature="")
                | Q(given_on__isnull=False) & Q(signature__in=["papier", "ecran"]),
                name="consentement_yes_is_signed",
                violation_error_message="Un oui se signe, sur papier ou à l’écran ; un non ne se signe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(signature="ecran") | Q(strokes__isnull=False),
                name="consentement_screen_signature_has_strokes",
                violation_error_message="Une signature à l’écran se trace : tracez-la, ou faites signer sur papier.",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="contact_tiers") | Q(tiers__isnull=False),
                name="consentement_third_party_is_named",
                violation_error_message="Écrivez le service à qui parler : on dit oui à un service, pas à tous.",
            ),
            models.CheckConstraint(
                condition=~Q(text_version="") & ~Q(purpose=""),
                name="consentement_names_its_text",
                violation_error_message="Un consentement dit son but et la version de son texte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, demandé le {self.asked_on:%d/%m/%Y}"

    def etat(self, on: dt.date) -> "Consentement.Etat":
        """Say where this question stands on a day, from its dates alone."""
        if self.refused_on is not None and self.refused_on <= on:
            return self.Etat.REFUSE
        if self.given_on is None or self.given_on > on:
            return self.Etat.DEMANDE
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return self.Etat.RETIRE
        if (self.expires_on is not None and self.expires_on < on) or (
            self.replaced_on is not None and self.replaced_on <= on
        ):
            return self.Etat.ECHU
        return self.Etat.DONNE


class MouvementConsentement(AppendOnlyTenantModel):
    """One thing noted about a consent; the database lets nobody change or remove it."""

    class Kind(models.TextChoices):
        DEMANDE = "demande", "Demandé"
        DONNE = "donne", "Donné"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"
        REMPLACE = "remplace", "Remplacé par un nouveau oui"

    travailleur = models.ForeignKey(Travailleur, on_delete=models.PROTECT, related_name="+", verbose_name="travailleur")
    consentement = models.ForeignKey(
        Consentement, on_delete=models.PROTECT, related_name="+", verbose_name="consentement"
    )
    kind = models.CharField("mouvement", max_length=8, choices=Kind)
    happened_on = models.DateField("le")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    recorded_at = models.DateTimeField("noté le")

    objects: Any = DossierQuerySet.as_manager()

    classes: ClassVar[dict[str, FieldClass]] = {
        "travailleur": PERSONNEL,
        "consentement": PERSONNEL,
        "kind": PERSONNEL,
        "happened_on": PERSONNEL,
        "recorded_by": ADMINISTRATIF,
        "recorded_at": ADMINISTRATIF,
    }

    class Meta:
        verbose_name = "mouvement d’un consentement"
        verbose_name_plural = "mouvements d’un consentement"
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["consentement", "recorded_at"], name="mouvement_by_consentement")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} le {self.happened_on:%d/%m/%Y}"
