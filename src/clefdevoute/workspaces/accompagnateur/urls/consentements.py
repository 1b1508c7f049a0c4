"""Addresses of the consents of a person."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import consentements

_ONE = "travailleurs/<uuid:pk>/consentements/"

urlpatterns = [
    path(_ONE, consentements.show_all, name="consentements"),
    path(
        "travailleurs/<uuid:pk>/consentements/demander/<slug:purpose>/", consentements.ask, name="consentement_demander"
    ),
    path(f"{_ONE}<uuid:row>/", consentements.show_one, name="consentement"),
    path(f"{_ONE}<uuid:row>/page/", consentements.show_page, name="consentement_page"),
    path(
        "travailleurs/<uuid:pk>/consentements/<uuid:row>/retirer/", consentements.withdraw, name="consentement_retirer"
    ),
    path(f"{_ONE}<uuid:row>/signe/", consentements.join_page, name="consentement_signe"),
]
