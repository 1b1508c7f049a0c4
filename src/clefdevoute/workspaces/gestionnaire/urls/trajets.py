"""Addresses of the route sheets and of the journeys abroad."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire import converters  # noqa: F401 - paths learn to write a day
from clefdevoute.workspaces.gestionnaire.views import trajets

urlpatterns = [
    path("trajets/", trajets.show_current, name="trajets_courants"),
    path("<date:annee>/trajets/", trajets.show_trips, name="trajets"),
    path("<date:annee>/trajets/nouveau/", trajets.add_trip, name="trajet_nouveau"),
    path("<date:annee>/trajets/etranger/", trajets.request_abroad, name="etranger_nouveau"),
    path("<date:annee>/trajets/<uuid:pk>/", trajets.show_sheet, name="feuille_de_route"),
    path("trajets/<uuid:pk>/", trajets.modify_trip, name="trajet"),
    path("trajets/<uuid:pk>/retirer/", trajets.remove_trip, name="trajet_retirer"),
    path("trajets/<uuid:pk>/preuve/", trajets.open_proof, name="trajet_preuve"),
    path("trajets/etranger/<uuid:pk>/", trajets.show_abroad, name="etranger"),
]
