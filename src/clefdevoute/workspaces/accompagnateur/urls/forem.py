"""Addresses of the Forem: for the enterprise, for one person, for one packet."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import forem, transmissions

ONE = "travailleurs/<uuid:pk>/forem/"
urlpatterns = [
    path("forem/", forem.list_forem, name="forem"),
    path("forem/<uuid:pk>/", transmissions.show_packet, name="transmission"),
    path("forem/<uuid:pk>/fichiers/<str:file_format>/", transmissions.take_file, name="transmission_fichier"),
    path("forem/<uuid:pk>/remise/", transmissions.note_handing_over, name="transmission_remise"),
    path("forem/<uuid:pk>/reponse/", transmissions.note_answer, name="transmission_reponse"),
    path(ONE, forem.show_forem, name="forem_dossier"),
    path(f"{ONE}recherche/", forem.note_search, name="forem_recherche"),
    path(f"{ONE}profil/", forem.write_profile, name="forem_profil"),
    path(f"{ONE}metiers/", forem.choose_occupations, name="forem_metiers"),
    path(f"{ONE}apercu/", forem.preview, name="forem_apercu"),
    path(f"{ONE}produire/", forem.produce, name="forem_produire"),
]
