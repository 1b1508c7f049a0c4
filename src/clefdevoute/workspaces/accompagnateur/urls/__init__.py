"""Addresses of the accompagnateur's workspace; one module per part, each adds its line."""

from django.urls import URLPattern, URLResolver

from clefdevoute.workspaces.accompagnateur.urls import (
    amenagements,
    bilans,
    consentements,
    dossier,
    entretiens,
    forem,
    listes,
    parcours,
    preuves,
    reseau,
    seances,
    sorties,
)

app_name = "accompagnateur"
urlpatterns: list[URLPattern | URLResolver] = [
    *amenagements.urlpatterns,
    *bilans.urlpatterns,
    *consentements.urlpatterns,
    *dossier.urlpatterns,
    *forem.urlpatterns,
    *entretiens.urlpatterns,
    *listes.urlpatterns,
    *parcours.urlpatterns,
    *preuves.urlpatterns,
    *reseau.urlpatterns,
    *seances.urlpatterns,
    *sorties.urlpatterns,
]
