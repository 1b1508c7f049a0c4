"""Addresses of the accompagnateur's workspace; one module per part, each adds its line."""

from django.urls import URLPattern, URLResolver

from clefdevoute.workspaces.accompagnateur.urls import (
    amenagements,
    bilans,
    consentements,
    documents,
    dossier,
    entretiens,
    forem,
    listes,
    parcours,
    participations,
    preuves,
    releves,
    reseau,
    seances,
    sorties,
)

app_name = "accompagnateur"
urlpatterns: list[URLPattern | URLResolver] = [
    *amenagements.urlpatterns,
    *dossier.urlpatterns,
    *documents.urlpatterns,
    *bilans.urlpatterns,
    *consentements.urlpatterns,
    *forem.urlpatterns,
    *entretiens.urlpatterns,
    *listes.urlpatterns,
    *parcours.urlpatterns,
    *participations.urlpatterns,
    *preuves.urlpatterns,
    *releves.urlpatterns,
    *reseau.urlpatterns,
    *seances.urlpatterns,
    *sorties.urlpatterns,
]
