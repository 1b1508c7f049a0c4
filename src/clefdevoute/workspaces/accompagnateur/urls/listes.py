"""Addresses of what is due, of the list of workers and of the reminders."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import aujourdhui, rappels, travailleurs, vues

urlpatterns = [
    path("", aujourdhui.show_aujourdhui, name="aujourdhui"),
    path("travailleurs/", travailleurs.list_travailleurs, name="travailleurs"),
    path("travailleurs/export.<str:extension>", travailleurs.export_travailleurs, name="travailleurs_export"),
    path("travailleurs/vues/", vues.keep_vue, name="vues"),
    path("travailleurs/vues/<uuid:pk>/partage/", vues.share_vue, name="vue_partage"),
    path("travailleurs/vues/<uuid:pk>/retrait/", vues.remove_vue, name="vue_retrait"),
    path("rappels/", rappels.set_rappels, name="rappels"),
]
