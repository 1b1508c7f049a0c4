"""Addresses of interviews: writing, drafts, reading, correcting, the sheet; the pinned line and the themes."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import brouillons, entretien_lu, entretiens

PERSON = "travailleurs/<uuid:pk>/"
CALL = {"call": True}

urlpatterns = [
    path(f"{PERSON}entretiens/", entretien_lu.show_list, name="entretiens"),
    path(f"{PERSON}entretiens/nouveau/", entretiens.write, name="entretien_nouveau"),
    path(f"{PERSON}entretiens/nouveau/brouillon/", entretiens.keep, name="entretien_brouillon"),
    path(f"{PERSON}appel/", entretiens.write, CALL, name="appel_nouveau"),
    path(f"{PERSON}appel/brouillon/", entretiens.keep, CALL, name="appel_brouillon"),
    path(f"{PERSON}entretiens/<uuid:entretien>/", entretien_lu.show, name="entretien"),
    path(f"{PERSON}entretiens/<uuid:entretien>/corriger/", entretien_lu.correct, name="entretien_corriger"),
    path(f"{PERSON}entretiens/<uuid:entretien>/feuille/", entretien_lu.show_sheet, name="entretien_feuille"),
    path(f"{PERSON}entretiens/<uuid:entretien>/feuille.pdf", entretien_lu.print_sheet, name="entretien_feuille_pdf"),
    path(f"{PERSON}a-savoir/", brouillons.pin, name="a_savoir"),
    path("brouillons/", brouillons.show_drafts, name="brouillons"),
    path("brouillons/<uuid:pk>/jeter/", brouillons.throw_away, name="brouillon_jeter"),
    path("themes/", brouillons.show_themes, name="themes"),
    path("themes/<uuid:pk>/", brouillons.modify_theme, name="theme"),
]
