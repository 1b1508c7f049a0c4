"""Addresses of the evidence: the register of regularity and the matrix of obligations."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import obligations, regularite

urlpatterns = [
    path("registre/", regularite.show_registre, name="registre"),
    path("obligations/", obligations.show_obligations, name="obligations"),
    path("obligations/<uuid:pk>/", obligations.show_personne, name="obligations_personne"),
]
