"""Jobcoaching (task 5): a wish, an enterprise aimed at, steps with their outcome, an end."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class Jobcoaching(DossierModel):
    """The way of one person towards another employer."""

    class State(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        ABOUTI = "abouti", "Abouti"
        ARRETE = "arrete", "Arrêté"

    class Outcome(models.TextChoices):
        CDI = "cdi", "Engagement à durée indéterminée"
        CDD = "cdd", "Engagement à durée déterminée"
        INTERIM = "interim", "Intérim"
        INDEPENDANT = "independant", "Activité indépendante"
        FORMATION = "formation", "Entrée en formation"
        SANS_SUITE = "sans_suite", "Sans suite pour l’instant"
        PERSONNE = "personne", "La personne arrête"

    wish = EncryptedTextField("souhait de la personne")
    opened_on = models.DateField("ouvert le")
    partenaire = models.ForeignKey(
        Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="entreprise visée", null=True, blank=True
    )
    state = models.CharField("état", max_length=8, choices=State, default=State.EN_COURS)
    closed_on = models.DateField("clos le", null=True, blank=True)
    outcome = models.CharField("issue", max_length=11, choices=Outcome, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "wish": SECRET,
        "opened_on": PERSONNEL,
        "partenaire": PERSONNEL,
        "state": PERSONNEL,
        "closed_on": PERSONNEL,
        "outcome": PERSONNEL,
    }

    class Meta:
        verbose_name = "jobcoaching"
        verbose_name_plural = "jobcoachings"
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "state"], name="jobcoaching_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="en_cours", closed_on__isnull=True, outcome="")
                | (~Q(state="en_cours") & Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="jobcoaching_outcome_iff_closed",
                violation_error_message="Un jobcoaching clos a une date et une issue ; en cours, ni l’une ni l’autre.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="jobcoaching_dates_in_order",
                violation_error_message="Le jobcoaching se clôt avant de s’ouvrir : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Jobcoaching du {self.opened_on:%d/%m/%Y}"


class EtapeJobcoaching(DossierModel):
    """One thing done towards an employer, by the person alone or with the accompagnateur."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact"
        CANDIDATURE = "candidature", "Candidature"
        ENTRETIEN = "entretien", "Entretien d’embauche"
        ESSAI = "essai", "Essai ou stage"

    class Done(models.TextChoices):
        SEUL = "seul", "Par la personne seule"
        AVEC = "avec", "Avec vous"
        POUR = "pour", "Par vous, pour la personne"

    class Outcome(models.TextChoices):
        ATTENTE = "attente", "En attente"
        POSITIF = "positif", "Positif"
        NEGATIF = "negatif", "Négatif"
        ABANDON = "abandon", "Abandonné"

    jobcoaching = models.ForeignKey(Jobcoaching, on_delete=models.PROTECT, related_name="+", verbose_name="jobcoaching")
    kind = models.CharField("étape", max_length=11, choices=Kind)
    partenaire = models.ForeignKey(
        Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="entreprise", null=True, blank=True
    )
    held_on = models.DateField("le")
    ends_on = models.DateField("dernier jour de l’essai", null=True, blank=True)
    done = models.CharField("fait", max_length=4, choices=Done)
    outcome = models.CharField("issue", max_length=7, choices=Outcome, default=Outcome.ATTENTE)
    note = EncryptedTextField("note", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "jobcoaching": PERSONNEL,
        "kind": PERSONNEL,
        "partenaire": PERSONNEL,
        "held_on": PERSONNEL,
        "ends_on": PERSONNEL,
        "done": PERSONNEL,
        "outcome": PERSONNEL,
        "note": SECRET,
    }

    class Meta:
        verbose_name = "étape de jobcoaching"
        verbose_name_plural = "étapes de jobcoaching"
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(
                fields=["entreprise", "ends_on"], condition=Q(kind="essai", outcome="attente"), name="essai_running"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="essai", ends_on__isnull=False) | (~Q(kind="essai") & Q(ends_on__isnull=True)),
                name="etape_trial_has_an_end",
                violation_error_message="Un essai a un premier et un dernier jour ; une autre étape n’a qu’un jour.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("held_on")),
                name="etape_dates_in_order",
                violation_error_message="L’essai finit avant de commencer : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.held_on:%d/%m/%Y}"
