"""Addresses of this workspace."""

from django.urls import path

from clefdevoute.workspaces.compte import views

app_name = "compte"
urlpatterns = [
    path("accueil/", views.show_home, name="accueil"),
    path("roles/", views.choose_role, name="roles"),
]
