"""Addresses of the bilans of a person, of her copy and of the enterprise's domains."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import bilans, bilans_avis, domaines

_ONE = "travailleurs/<uuid:pk>/bilans/<uuid:bilan>/"

urlpatterns = [
    path("travailleurs/<uuid:pk>/bilans/", bilans.show_all, name="bilans"),
    path(_ONE, bilans.show_one, name="bilan"),
    path(f"{_ONE}remplir/", bilans.fill, name="bilan_remplir"),
    path(f"{_ONE}rouvrir/", bilans.reopen, name="bilan_rouvrir"),
    path(f"{_ONE}avis/", bilans_avis.give, name="bilan_avis"),
    path(f"{_ONE}copie/", bilans_avis.show_copy, name="bilan_copie"),
    path(f"{_ONE}copie.pdf", bilans_avis.download_copy, name="bilan_copie_pdf"),
    path(f"{_ONE}page-signee/", bilans_avis.open_page, name="bilan_page_signee"),
    path("bilans/page-signee/", bilans_avis.find_page, name="bilan_retrouver"),
    path("bilans/domaines/", domaines.show_all, name="domaines"),
    path("bilans/domaines/<uuid:pk>/", domaines.change, name="domaine"),
]
