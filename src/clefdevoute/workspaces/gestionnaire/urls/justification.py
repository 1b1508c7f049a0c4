"""Addresses of the justification: tables A and B, what is missing, the package."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire import converters as converters  # noqa: PLC0414 - it registers <date:>
from clefdevoute.workspaces.gestionnaire.views import annexes, tableaux

urlpatterns = [
    path("tableaux/", tableaux.show_current, name="tableaux_courants"),
    path("<date:annee>/tableaux/", tableaux.show_tables, name="tableaux"),
    path("<date:annee>/tableaux/<slug:feuille>/", tableaux.show_sheet, name="feuille"),
    path("<date:annee>/tableaux/<slug:feuille>/depense/", tableaux.add_cost, name="depense"),
    path("<date:annee>/documents/<slug:nom>/", annexes.download, name="annexe"),
]
