"""Addresses of the accompagnateur's workspace; one module per part, each adds its line."""

from django.urls import URLPattern, URLResolver

from clefdevoute.workspaces.accompagnateur.urls import (
    bilans,
    consentements,
    dossier,
    listes,
    preuves,
)

app_name = "accompagnateur"
urlpatterns: list[URLPattern | URLResolver] = [
    *dossier.urlpatterns,
    *bilans.urlpatterns,
    *consentements.urlpatterns,
    *listes.urlpatterns,
    *preuves.urlpatterns,
]
