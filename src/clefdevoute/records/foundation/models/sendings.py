"""What was sent once: a form sent again is recognised by the key that its page carried."""

from typing import ClassVar

from django.db import models

from clefdevoute.records.foundation.classification import FieldClass
from clefdevoute.records.foundation.models.base import RecordModel


class Envoi(RecordModel):
    """
    One form of one drawn page, sent by one user; ``digest`` is what was last sent, ``answer`` what it got.

    An empty answer means that the sending is at work. Hashes and a sealed answer: no word of a form is here.
    """

    classes: ClassVar = {
        "key": FieldClass.ADMINISTRATIF,
        "digest": FieldClass.ADMINISTRATIF,
        "answer": FieldClass.ADMINISTRATIF,
        "claimed_at": FieldClass.ADMINISTRATIF,
    }

    key = models.CharField("clé du formulaire", max_length=64)
    digest = models.CharField("empreinte de l’envoi", max_length=64)
    answer = models.TextField("réponse scellée", blank=True)
    claimed_at = models.DateTimeField("reçu le", db_index=True)

    class Meta:
        verbose_name = "envoi de formulaire"
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="envoi_once",
                violation_error_message="Ce formulaire est déjà parti : il ne compte qu’une fois.",
            )
        ]
