"""Addresses of exits and of the calls that follow."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import apres_sortie, sorties

urlpatterns = [
    path("travailleurs/<uuid:pk>/sortie/", sorties.show, name="sortie"),
    path("travailleurs/<uuid:pk>/sortie/noter/", sorties.note, name="sortie_noter"),
    path("sorties/", apres_sortie.show_list, name="sorties"),
    path("sorties/<uuid:pk>/corriger/", sorties.correct, name="sortie_corriger"),
    path("sorties/<uuid:pk>/rouvrir/", sorties.reopen, name="sortie_rouvrir"),
    path("sorties/<uuid:pk>/attestation/", sorties.attest, name="sortie_attestation"),
    path("sorties/rappels/<uuid:pk>/", sorties.call, name="suivi_sortie"),
    path("sorties/rappels/<uuid:pk>/clore/", sorties.give_up, name="suivi_sortie_clore"),
]
