"""Addresses of the papers of a person, of the enterprise's models and of the dossier on paper."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import documents, dossier_pdf, modeles

_ALL = "travailleurs/<uuid:pk>/documents/"
_ONE = f"{_ALL}<uuid:document>/"

urlpatterns = [
    path(_ALL, documents.show_all, name="documents"),
    path(_ONE, documents.show_one, name="document"),
    path(f"{_ONE}fichier/", documents.open_file, name="document_fichier"),
    path(f"{_ONE}controler/", documents.check, name="document_controler"),
    path(f"{_ONE}terme/", documents.set_term, name="document_terme"),
    path(f"{_ALL}produire/", documents.produce, name="document_produire"),
    path(f"{_ALL}produits/<uuid:produit>/", documents.open_produced, name="document_produit"),
    path("travailleurs/<uuid:pk>/dossier-papier/", dossier_pdf.choose, name="dossier_papier"),
    path("modeles/", modeles.show_all, name="modeles"),
    path("modeles/<uuid:pk>/", modeles.open_file, name="modele"),
    path("modeles/<uuid:pk>/retirer/", modeles.retire, name="modele_retirer"),
    path("modeles/exemples/<slug:code>/", modeles.open_own, name="modele_exemple"),
]
