"""Addresses of the reasonable adjustments."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import amenagements as views

_ONE = "amenagements/<uuid:pk>"
_PERSONNE = "travailleurs/<uuid:pk>/amenagements"

urlpatterns = [
    path("amenagements/", views.list_amenagements, name="amenagements"),
    path("amenagements/nouveau/", views.begin, name="amenagement_nouveau"),
    path(f"{_PERSONNE}/", views.list_of_person, name="amenagements_personne"),
    path(f"{_PERSONNE}/nouveau/", views.note_need, name="amenagement_besoin"),
    path(f"{_ONE}/", views.show_amenagement, name="amenagement"),
    path(f"{_ONE}/analyse/", views.analyse, name="amenagement_analyser"),
    path(f"{_ONE}/avis/", views.send_notice, name="avis"),
    path(f"{_ONE}/avis.pdf", views.serve_notice, name="avis_pdf"),
    path(f"{_ONE}/dire/", views.tell, name="amenagement_dire"),
    path(f"{_ONE}/revue/", views.review, name="amenagement_revoir"),
    path(f"{_ONE}/cloture/", views.close, name="amenagement_clore"),
    path(f"{_ONE}/sante/", views.health, name="amenagement_sante"),
]
