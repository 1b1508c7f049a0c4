"""Addresses of handovers."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import releves

urlpatterns = [
    path("releve/", releves.show_list, name="releve"),
    path("releve/nouvelle/", releves.hand_over, name="releve_nouvelle"),
    path("releve/sans-referent/", releves.show_alone, name="sans_referent"),
    path("releve/<uuid:pk>/", releves.show_sheet, name="releve_fiche"),
    path("releve/<uuid:pk>/fin/", releves.change_end, name="releve_fin"),
]
