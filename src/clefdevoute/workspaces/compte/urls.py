"""Addresses of this workspace."""

from django.urls import path

from clefdevoute.workspaces.compte import views
from clefdevoute.workspaces.compte.saisies import views as saisies

app_name = "compte"
urlpatterns = [
    path("accueil/", views.show_home, name="accueil"),
    path("roles/", views.choose_role, name="roles"),
    path("reprendre/", saisies.resume, name="reprendre"),
]
