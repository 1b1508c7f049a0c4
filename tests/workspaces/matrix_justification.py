"""The addresses of the justification: an enterprise needs an approval before its year has a page."""

import datetime as dt
import io
import zipfile
from typing import Any

from clefdevoute.records.entreprises.models import Agrement, EntrepriseInsertion
from clefdevoute.records.foundation import proofs
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import ProofFile
from clefdevoute.records.subventions.models import DeclarationHonneur, DossierTransmis
from tests.records.factories import NOW, AgrementFactory, actor
from tests.records.factories_frais import (
    DeclarationHonneurFactory,
    DecompteFigeFactory,
    DossierTransmisFactory,
    SubventionFactory,
)
from tests.workspaces.matrix import Entry, Maker, register

START = dt.date(2025, 3, 15)


def year(**more: Any) -> Maker:
    """Give the path of a year, and the approval it needs."""

    def make(entreprise: EntrepriseInsertion) -> dict[str, Any]:
        if not Agrement.objects.filter(entreprise=entreprise).exists():
            AgrementFactory(entreprise=entreprise)
        return {"annee": START} | more

    return make


def declared(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    """Give the path of a declaration produced."""
    path = year(nom="produite")(entreprise)
    if not DeclarationHonneur.objects.filter(entreprise=entreprise).exists():
        DeclarationHonneurFactory(subvention=SubventionFactory(entreprise=entreprise), document=_stored(entreprise))
    return path


def sent(entreprise: EntrepriseInsertion) -> dict[str, Any]:
    """Give the path of a package that left."""
    path = year(nom="recepisse")(entreprise)
    if not DossierTransmis.objects.filter(entreprise=entreprise).exists():
        row = SubventionFactory(entreprise=entreprise)
        DossierTransmisFactory(decompte=DecompteFigeFactory(subvention=row), package=_package(entreprise))
    return path


def _package(entreprise: EntrepriseInsertion) -> ProofFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("pieces.json", '{"pieces": []}')
    return proofs.store(
        content=content.getvalue(),
        filename="justification.zip",
        by=actor(Role.GESTIONNAIRE, entreprise),
        entreprise_id=entreprise.pk,
        now=NOW,
        package=True,
    )


def _stored(entreprise: EntrepriseInsertion) -> ProofFile:
    by = actor(Role.GESTIONNAIRE, entreprise)
    return proofs.store(content=b"%PDF-1.7\n%%EOF\n", filename="piece.pdf", by=by, entreprise_id=entreprise.pk, now=NOW)


register(
    [
        Entry(name="gestionnaire:tableaux_courants"),
        Entry(name="gestionnaire:tableaux", kwargs=year()),
        Entry(name="gestionnaire:feuille", kwargs=year(feuille="a-2025-t2")),
        Entry(name="gestionnaire:depense", kwargs=year(feuille="a-2025-t2"), post=True),
        Entry(name="gestionnaire:annexe", kwargs=year(nom="decompte")),
        Entry(name="gestionnaire:justification_courante"),
        Entry(name="gestionnaire:de_minimis"),
        Entry(name="gestionnaire:justification", kwargs=year()),
        Entry(name="gestionnaire:subvention", kwargs=year()),
        Entry(name="gestionnaire:declaration", kwargs=year()),
        Entry(name="gestionnaire:declaration_document", kwargs=declared),
        Entry(name="gestionnaire:dossier", kwargs=year()),
        Entry(name="gestionnaire:dossier_epreuve", kwargs=year(), answers=frozenset({409})),
        Entry(name="gestionnaire:dossier_document", kwargs=sent),
    ]
)
