"""Addresses of this workspace: no sign-in, no session."""

from django.urls import path, re_path

from clefdevoute.workspaces.public.views import accueil, parametres, regles, simulateur, sources

app_name = "public"
urlpatterns = [
    path("", accueil.show_home, name="accueil"),
    re_path(r"^simulateur/?$", simulateur.show_simulator, name="simulateur"),
    path("regles/", regles.show_rules, name="regles"),
    path("regles/<str:nom>/", regles.show_rule, name="regle"),
    path("parametres/", parametres.show_parameters, name="parametres"),
    path("sources/", sources.show_sources, name="sources"),
]
