"""Addresses of the accompagnateur's workspace; one module per part, each adds its line."""

from django.urls import URLPattern, URLResolver

from clefdevoute.workspaces.accompagnateur.urls import (
    amenagements,
    dossier,
    listes,
    parcours,
    seances,
)

app_name = "accompagnateur"
urlpatterns: list[URLPattern | URLResolver] = [
    *amenagements.urlpatterns,
    *dossier.urlpatterns,
    *listes.urlpatterns,
    *parcours.urlpatterns,
    *seances.urlpatterns,
]
