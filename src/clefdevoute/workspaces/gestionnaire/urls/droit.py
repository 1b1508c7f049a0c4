"""Addresses of the right: dashboard, travailleurs, accompagnateurs, the enterprise."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire.views import tableau_de_bord

urlpatterns = [path("", tableau_de_bord.show_dashboard, name="tableau_de_bord")]
