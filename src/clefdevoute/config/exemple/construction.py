"""Build the example once, whole or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from clefdevoute.config.exemple import annees, couts, equipe, factures, ouverture, registre
from clefdevoute.config.exemple.suivi import bilans, dossiers, gestes, rythme, syntheses
from clefdevoute.records.entreprises.models import EntrepriseInsertion


def build_once(announce: Callable[[], object] = lambda: None) -> bool:
    """
    Build the example unless it is there; tell whether it was built, and ``announce`` it before.

    One transaction holds it all, so that a build interrupted half-way leaves nothing but files, which go.
    """
    if EntrepriseInsertion.objects.filter(bce=ouverture.BCE).exists():
        return False
    announce()
    shutil.rmtree(Path(settings.PROOFS_DIR), ignore_errors=True)
    build()
    return True


@transaction.atomic
def build() -> None:
    """Open the enterprise, gather what happened to it, tell it in order."""
    scene = ouverture.ouvrir()
    recit = scene.recit
    for part in (ouverture, registre, equipe, rythme, dossiers, bilans, gestes, syntheses, couts, factures, annees):
        part.raconter(scene, recit)
    recit.raconter()
