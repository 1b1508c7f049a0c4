"""Root addresses: each workspace under its own noun."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("", include("clefdevoute.workspaces.public.urls")),
    path("gestion/", include("clefdevoute.workspaces.gestionnaire.urls")),
    path("agenda/flux/", include("clefdevoute.workspaces.agenda.urls.flux")),
    path("agenda/", include("clefdevoute.workspaces.agenda.urls")),
    path("suivi/", include("clefdevoute.workspaces.accompagnateur.urls")),
    path("", include("clefdevoute.workspaces.compte.urls")),
    path("composants/", include("clefdevoute.ui.urls")),
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("compte/ferme/", account.account_inactive, name="account_inactive"),
]

handler400 = "clefdevoute.ui.errors.bad_request"
handler403 = "clefdevoute.ui.errors.permission_denied"
handler404 = "clefdevoute.ui.errors.page_not_found"
