"""Addresses of one person's dossier, and of the search across the dossiers that the reader may open."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import dossier, objectifs

_ONE = "travailleurs/<uuid:pk>"

urlpatterns = [
    path(f"{_ONE}/", dossier.show_dossier, name="dossier"),
    path(f"{_ONE}/ajouter/", dossier.show_ajouter, name="ajouter"),
    path(f"{_ONE}/statuts/", dossier.save_statuts, name="statuts"),
    path(f"{_ONE}/objectifs/ajouter/", dossier.add_objectif_line, name="objectif_ligne"),
    path(f"{_ONE}/objectifs/nouveau/", objectifs.add_objectif, name="objectif_nouveau"),
    path(f"{_ONE}/objectifs/<uuid:objectif>/", objectifs.change_objectif, name="objectif"),
    path(f"{_ONE}/demarches/ajouter/", dossier.add_demarche_line, name="demarche_ligne"),
    path(f"{_ONE}/demarches/nouvelle/", objectifs.add_demarche, name="demarche_nouvelle"),
    path(f"{_ONE}/demarches/<uuid:demarche>/", objectifs.change_demarche, name="demarche"),
    path(f"{_ONE}/demarches/aucune/", dossier.note_aucune, name="aucune_demarche"),
]
