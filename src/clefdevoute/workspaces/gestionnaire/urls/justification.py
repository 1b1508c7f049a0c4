"""Addresses of the justification: tables A and B, what is missing, the package."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire import converters as converters  # noqa: PLC0414 - it registers <date:>
from clefdevoute.workspaces.gestionnaire.views import (
    annexes,
    de_minimis,
    declaration,
    dossier,
    justification,
    subvention,
    tableaux,
)

urlpatterns = [
    path("tableaux/", tableaux.show_current, name="tableaux_courants"),
    path("justification/", justification.show_current, name="justification_courante"),
    path("de-minimis/", de_minimis.show_ledger, name="de_minimis"),
    path("<date:annee>/tableaux/", tableaux.show_tables, name="tableaux"),
    path("<date:annee>/tableaux/<slug:feuille>/", tableaux.show_sheet, name="feuille"),
    path("<date:annee>/tableaux/<slug:feuille>/depense/", tableaux.add_cost, name="depense"),
    path("<date:annee>/documents/<slug:nom>/", annexes.download, name="annexe"),
    path("<date:annee>/justification/", justification.show_justification, name="justification"),
    path("<date:annee>/subvention/", subvention.show_file, name="subvention"),
    path("<date:annee>/declaration/", declaration.show_declaration, name="declaration"),
    path("<date:annee>/declaration/<slug:nom>/", declaration.download, name="declaration_document"),
    path("<date:annee>/dossier/", dossier.show_package, name="dossier"),
    path("<date:annee>/dossier/epreuve.zip", dossier.download_draft, name="dossier_epreuve"),
    path("<date:annee>/dossier/<slug:nom>/", dossier.download, name="dossier_document"),
]
