"""Addresses of one person's dossier, and of the search across the dossiers that the reader may open."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import (
    acces,
    dossier,
    doublons,
    empechements,
    objectifs,
    recherche,
    signaletique,
    synthese,
)

_ONE = "travailleurs/<uuid:pk>"

urlpatterns = [
    path("chercher/", recherche.search, name="chercher"),
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
    path(f"{_ONE}/synthese/", synthese.show_synthese, name="synthese"),
    path(f"{_ONE}/synthese/<uuid:synthese>/confirmer/", synthese.confirm, name="synthese_confirmer"),
    path(f"{_ONE}/acces/", acces.show_acces, name="acces"),
    path(f"{_ONE}/signaletique/", signaletique.show_signaletique, name="signaletique"),
    path(f"{_ONE}/doublon/<uuid:autre>/", doublons.decide, name="doublon"),
    path(f"{_ONE}/empechements/", empechements.show_empechements, name="empechements"),
    path(f"{_ONE}/empechements/<uuid:empechement>/retour/", empechements.end_empechement, name="empechement_retour"),
    path(
        f"{_ONE}/empechements/<uuid:empechement>/retirer/",
        empechements.withdraw_empechement,
        name="empechement_retirer",
    ),
]
