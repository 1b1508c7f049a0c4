"""Addresses of the adjustments proposed to the head of the enterprise."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire.views import amenagements

urlpatterns = [
    path("amenagements/", amenagements.list_notices, name="amenagements"),
    path("amenagements/<uuid:pk>/", amenagements.show_notice, name="amenagement"),
    path("amenagements/<uuid:pk>/avis.pdf", amenagements.serve_notice, name="amenagement_avis"),
]
