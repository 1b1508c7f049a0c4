"""Root addresses: each workspace under its own noun."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("", include("clefdevoute.workspaces.public.urls")),
    path("gestion/", include("clefdevoute.workspaces.gestionnaire.urls")),
    path("composants/", include("clefdevoute.ui.urls")),
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
]
