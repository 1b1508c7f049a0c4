"""The address of the search."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire.views import recherche

urlpatterns = [path("chercher/", recherche.search, name="chercher")]
