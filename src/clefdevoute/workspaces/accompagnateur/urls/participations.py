"""Addresses of the part in the management."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import participations

urlpatterns = [
    path("participations/", participations.show_list, name="participations"),
    path("participations/nouvelle/", participations.note, name="participation_nouvelle"),
    path("participations/<uuid:pk>/", participations.correct, name="participation"),
    path("participations/<uuid:pk>/annuler/", participations.cancel, name="participation_annuler"),
    path("participations/<uuid:pk>/preuve/", participations.open_proof, name="participation_preuve"),
]
