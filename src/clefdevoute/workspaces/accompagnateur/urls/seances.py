"""Addresses of séances."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import presences, seances

urlpatterns = [
    path("seances/", seances.show_list, name="seances"),
    path("seances/nouvelle/", seances.plan, name="seance_nouvelle"),
    path("seances/<uuid:pk>/", presences.show, name="seance"),
    path("seances/<uuid:pk>/corriger/", seances.modify, name="seance_modifier"),
    path("seances/<uuid:pk>/reporter/", seances.postpone, name="seance_reporter"),
    path("seances/<uuid:pk>/annuler/", seances.cancel, name="seance_annuler"),
    path("seances/<uuid:pk>/inscrire/", presences.enrol, name="seance_inscrire"),
    path("seances/<uuid:pk>/presences/", presences.tick, name="seance_presences"),
    path("seances/<uuid:pk>/feuille.pdf", presences.sheet, name="seance_feuille"),
    path("seances/<uuid:pk>/feuille-signee/", presences.join, name="seance_joindre"),
    path("seances/places/<uuid:pk>/oter/", presences.remove, name="seance_desinscrire"),
    path("seances/feuilles/<uuid:pk>/", presences.open_scan, name="feuille_signee"),
    path("seances/feuilles/<uuid:pk>/retirer/", presences.withdraw_scan, name="feuille_retirer"),
]
