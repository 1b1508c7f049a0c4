"""The subsidy of one agrément year, and where its file stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clefdevoute.records.entreprises.models import TenantModel
from clefdevoute.records.foundation.classification import FieldClass

from .querysets import SubventionQuerySet

ADMIN = FieldClass.ADMINISTRATIF


class Subvention(TenantModel):
    """
    One agrément year of one enterprise.

    The row begins when the contract that founds the right is sent: there is no state before it. A later
    year begins the same way, on the contract sent in an earlier year (A28); ``origin`` says which.
    """

    class State(models.TextChoices):
        CONTRAT_TRANSMIS = "contrat_transmis", "Contrat transmis"
        AVANCE_DECIDEE = "avance_decidee", "Avance décidée"
        AVANCE_LIQUIDEE = "avance_liquidee", "Avance liquidée"
        PIECES_DEMANDEES = "pieces_demandees", "Pièces demandées"
        JUSTIFICATION_TRANSMISE = "justification_transmise", "Justification transmise"
        EN_CONTROLE = "en_controle", "En contrôle"
        CORRECTION_DEMANDEE = "correction_demandee", "Correction demandée"
        CONTROLEE = "controlee", "Contrôlée"
        VALIDEE = "validee", "Validée"
        SOLDE_LIQUIDE = "solde_liquide", "Solde liquidé"
        A_REMBOURSER = "a_rembourser", "À rembourser"
        CLOTUREE = "cloturee", "Clôturée"
        SANS_SUITE = "sans_suite", "Sans suite"

    class Origin(models.TextChoices):
        CONTRAT_RECU = "contrat_recu", "Contrat envoyé pour cette année"
        SOLDE_PRECEDENT = "solde_precedent", "Avance venue avec le solde de l’année précédente"

    annee_agrement_start = models.DateField("début de l’année d’agrément")
    annee_agrement_end = models.DateField("fin de l’année d’agrément")
    origin = models.CharField("origine", max_length=16, choices=Origin)
    contract_sent_on = models.DateField("contrat envoyé le", null=True, blank=True)
    granted_amount = models.DecimalField("montant accordé", max_digits=12, decimal_places=2, null=True, blank=True)
    granted_on = models.DateField("octroyé le", null=True, blank=True)
    reference_on = models.DateField("date de comptage", null=True, blank=True)
    persons_count = models.PositiveSmallIntegerField("personnes comptées", null=True, blank=True)
    state = models.CharField("état", max_length=24, choices=State, default=State.CONTRAT_TRANSMIS)
    state_since = models.DateTimeField("dans cet état depuis le")
    state_reason = models.TextField("motif", blank=True, default="")

    classes: ClassVar[dict[str, FieldClass]] = {
        "annee_agrement_start": ADMIN,
        "annee_agrement_end": ADMIN,
        "origin": ADMIN,
        "contract_sent_on": ADMIN,
        "granted_amount": ADMIN,
        "granted_on": ADMIN,
        "reference_on": ADMIN,
        "persons_count": ADMIN,
        "state": ADMIN,
        "state_since": ADMIN,
        "state_reason": ADMIN,
    }

    objects = SubventionQuerySet.as_manager()

    class Meta:
        verbose_name = "subvention annuelle"
        verbose_name_plural = "subventions annuelles"
        ordering = ["-annee_agrement_start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "annee_agrement_start"],
                name="subvention_one_per_annee_agrement",
                violation_error_message="Cette année d’agrément a déjà sa subvention : ouvrez-la.",
            ),
            models.CheckConstraint(
                condition=Q(annee_agrement_end__gt=models.F("annee_agrement_start")),
                name="subvention_year_in_order",
                violation_error_message="L’année d’agrément finit avant de commencer : corrigez ses dates.",
            ),
            models.CheckConstraint(
                condition=Q(origin="solde_precedent") | Q(contract_sent_on__isnull=False),
                name="subvention_contract_has_its_date",
                violation_error_message="Le contrat a été envoyé : donnez la date d’envoi.",
            ),
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True, granted_on__isnull=True)
                | Q(granted_amount__isnull=False, granted_amount__gte=0, granted_on__isnull=False),
                name="subvention_grant_amount_with_date",
                violation_error_message="Le montant accordé va avec la date de la décision : donnez les deux.",
            ),
            models.CheckConstraint(
                condition=Q(persons_count__isnull=True, reference_on__isnull=True)
                | Q(persons_count__isnull=False, reference_on__isnull=False),
                name="subvention_count_with_its_date",
                violation_error_message="Un nombre de personnes va avec sa date de comptage : donnez les deux.",
            ),
            models.CheckConstraint(
                condition=~Q(state="sans_suite") | ~Q(state_reason=""),
                name="subvention_sans_suite_with_reason",
                violation_error_message="Dites pourquoi le dossier reste sans suite.",
            ),
        ]

    def __str__(self) -> str:
        return f"année d’agrément débutant le {self.annee_agrement_start:%d/%m/%Y}"
