"""Validation of skills (task 6): information, interest, inscription, guidance, épreuve, titre; and the grid."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.encryption import EncryptedTextField
from clefdevoute.records.reseau.models import Partenaire
from clefdevoute.records.suivi.models.base import DossierModel

PERSONNEL = FieldClass.PERSONNEL
SECRET = FieldClass.SECRET_SOCIAL


class ValidationCompetences(DossierModel):
    """
    One way to a titre de compétence; the information given is already the evidence of task 6.

    A « pas intéressé » ends it there, with its date: it proves that the person was informed.
    """

    class Interest(models.TextChoices):
        INTERESSE = "interesse", "Intéressé"
        PAS_INTERESSE = "pas_interesse", "Pas intéressé"

    class State(models.TextChoices):
        EN_COURS = "en_cours", "En cours"
        TITRE = "titre", "Titre obtenu"
        CLOS = "clos", "Clos sans titre"

    informed_on = models.DateField("informé le")
    handout = models.BooleanField("feuille remise", default=False)
    occupation_code = models.CharField("métier (code ESCO)", max_length=120, blank=True)
    occupation = models.CharField("métier", max_length=200, blank=True)
    interest = models.CharField("intérêt", max_length=13, choices=Interest, blank=True)
    interest_on = models.DateField("réponse de la personne le", null=True, blank=True)
    registered_on = models.DateField("inscrit le", null=True, blank=True)
    guidance_on = models.DateField("guidance le", null=True, blank=True)
    state = models.CharField("état", max_length=8, choices=State, default=State.EN_COURS)
    closed_on = models.DateField("clos le", null=True, blank=True)
    note = EncryptedTextField("ce que la personne en dit", null=True, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "informed_on": PERSONNEL,
        "handout": PERSONNEL,
        "occupation_code": PERSONNEL,
        "occupation": PERSONNEL,
        "interest": PERSONNEL,
        "interest_on": PERSONNEL,
        "registered_on": PERSONNEL,
        "guidance_on": PERSONNEL,
        "state": PERSONNEL,
        "closed_on": PERSONNEL,
        "note": SECRET,
    }

    class Meta:
        verbose_name = "validation de compétences"
        verbose_name_plural = "validations de compétences"
        ordering = ["-informed_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "state"], name="validation_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(interest="", interest_on__isnull=True) | (~Q(interest="") & Q(interest_on__isnull=False)),
                name="validation_interest_iff_on",
                violation_error_message="La réponse de la personne porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(interest_on__isnull=True) | Q(interest_on__gte=F("informed_on")),
                name="validation_interest_follows",
                violation_error_message="La réponse précède l’information : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True)
                | Q(interest="interesse", interest_on__isnull=False, registered_on__gte=F("interest_on")),
                name="validation_registered_follows",
                violation_error_message="L’inscription suit un « intéressé » : vérifiez la réponse et la date.",
            ),
            models.CheckConstraint(
                condition=Q(guidance_on__isnull=True)
                | Q(registered_on__isnull=False, guidance_on__gte=F("registered_on")),
                name="validation_guidance_follows",
                violation_error_message="La guidance suit l’inscription : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(state="en_cours", closed_on__isnull=True)
                | (~Q(state="en_cours") & Q(closed_on__isnull=False, closed_on__gte=F("informed_on"))),
                name="validation_closed_iff_on",
                violation_error_message="Un parcours clos porte sa date, qui suit l’information ; en cours, aucune.",
            ),
            models.CheckConstraint(
                condition=~Q(interest="pas_interesse") | Q(state="clos"),
                name="validation_uninterested_is_closed",
                violation_error_message="« Pas intéressé » clôt le parcours : un autre s’ouvre plus tard au besoin.",
            ),
        ]

    def __str__(self) -> str:
        return self.occupation or f"Validation des compétences, informé le {self.informed_on:%d/%m/%Y}"


class EpreuveValidation(DossierModel):
    """One test in a validation centre; after an échec another one may follow."""

    class Result(models.TextChoices):
        PREVUE = "prevue", "Prévue"
        TITRE = "titre", "Titre obtenu"
        ECHEC = "echec", "Échec"
        ABSENT = "absent", "Absent"

    validation = models.ForeignKey(
        ValidationCompetences, on_delete=models.PROTECT, related_name="+", verbose_name="validation"
    )
    centre = models.ForeignKey(
        Partenaire, on_delete=models.PROTECT, related_name="+", verbose_name="centre", null=True, blank=True
    )
    held_on = models.DateField("épreuve le")
    result = models.CharField("résultat", max_length=6, choices=Result, default=Result.PREVUE)
    title = models.CharField("titre de compétence", max_length=200, blank=True)

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "validation": PERSONNEL,
        "centre": PERSONNEL,
        "held_on": PERSONNEL,
        "result": PERSONNEL,
        "title": PERSONNEL,
    }

    class Meta:
        verbose_name = "épreuve de validation"
        verbose_name_plural = "épreuves de validation"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["entreprise", "held_on"], condition=Q(result="prevue"), name="epreuve_planned")]
        constraints = [
            models.UniqueConstraint(
                fields=["validation", "held_on"],
                name="epreuve_one_a_day",
                violation_error_message="Une épreuve est déjà notée ce jour-là pour ce parcours : corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(result="titre") & ~Q(title="") | ~Q(result="titre") & Q(title=""),
                name="epreuve_title_iff_won",
                violation_error_message="Une épreuve réussie donne un titre : écrivez son intitulé, et là seulement.",
            ),
        ]

    def __str__(self) -> str:
        return f"Épreuve du {self.held_on:%d/%m/%Y}"


class CompetenceEvaluee(DossierModel):
    """A skill of an occupation seen on one day, at one of four levels said in words, beside the level it takes."""

    class Level(models.IntegerChoices):
        DECOUVRE = 1, "Découvre"
        AVEC_AIDE = 2, "Fait avec aide"
        SEUL = 3, "Fait seul"
        MONTRE = 4, "Peut le montrer à un autre"

    occupation_code = models.CharField("métier (code ESCO)", max_length=120, blank=True)
    occupation = models.CharField("métier", max_length=200)
    competence = models.CharField("compétence", max_length=200)
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    expected = models.PositiveSmallIntegerField("niveau demandé", choices=Level, null=True, blank=True)
    assessed_on = models.DateField("évaluée le")

    classes: ClassVar[dict[str, FieldClass]] = DossierModel.classes | {
        "occupation_code": PERSONNEL,
        "occupation": PERSONNEL,
        "competence": PERSONNEL,
        "level": PERSONNEL,
        "expected": PERSONNEL,
        "assessed_on": PERSONNEL,
    }

    class Meta:
        verbose_name = "compétence évaluée"
        verbose_name_plural = "compétences évaluées"
        ordering = ["occupation", "competence", "assessed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["travailleur", "occupation", "competence", "assessed_on"],
                name="competence_once_a_day",
                violation_error_message="Cette compétence est déjà évaluée ce jour-là : corrigez son niveau.",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)),
                name="competence_level_1_to_4",
                violation_error_message="Une compétence a un niveau de 1 (découvre) à 4 (peut le montrer).",
            ),
            models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__range=(1, 4)),
                name="competence_expected_1_to_4",
                violation_error_message="Le niveau demandé va de 1 (découvre) à 4 (peut le montrer), ou reste vide.",
            ),
            models.CheckConstraint(
                condition=~Q(competence="") & ~Q(occupation=""),
                name="competence_and_occupation_named",
                violation_error_message="Nommez le métier et la compétence.",
            ),
        ]

    def __str__(self) -> str:
        return self.competence
