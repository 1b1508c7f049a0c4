"""Addresses of the network and of the conventions with the CPAS."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import conventions, conventions_etapes, rapports_cpas, reseau

urlpatterns = [
    path("reseau/", reseau.list_partners, name="reseau"),
    path("reseau/nouveau/", reseau.add_partner, name="partenaire_nouveau"),
    path("reseau/contacts/<uuid:pk>/", reseau.modify_contact, name="contact"),
    path("reseau/<uuid:pk>/", reseau.show_partner, name="partenaire"),
    path("reseau/<uuid:pk>/modifier/", reseau.modify_partner, name="partenaire_modifier"),
    path("reseau/<uuid:pk>/contacts/", reseau.add_contact, name="contact_nouveau"),
    path("conventions/", conventions.list_conventions, name="conventions"),
    path("conventions/nouvelle/", conventions.draft_convention, name="convention_nouvelle"),
    path("conventions/<uuid:pk>/", conventions.show_convention, name="convention"),
    path("conventions/<uuid:pk>/modifier/", conventions.modify_convention, name="convention_modifier"),
    path("conventions/<uuid:pk>/convention.docx", conventions.download_docx, name="convention_docx"),
    path("conventions/<uuid:pk>/convention.pdf", conventions.download_pdf, name="convention_pdf"),
    path("conventions/<uuid:pk>/personnes/", conventions_etapes.add_person, name="convention_personne"),
    path("conventions/<uuid:pk>/signataires/", conventions_etapes.add_signatory, name="convention_signataire"),
    path("conventions/<uuid:pk>/envoyer/", conventions_etapes.send_convention, name="convention_envoyer"),
    path("conventions/<uuid:pk>/denoncer/", conventions_etapes.denounce, name="convention_denoncer"),
    path("conventions/personnes/<uuid:pk>/fin/", conventions_etapes.end_person, name="convention_personne_fin"),
    path("conventions/signatures/<uuid:pk>/", conventions_etapes.note_signature, name="signature"),
    path(
        "conventions/personnes/<uuid:pk>/retirer/", conventions_etapes.remove_person, name="convention_personne_retirer"
    ),
    path("conventions/signatures/<uuid:pk>/exemplaire/", conventions_etapes.open_signed, name="exemplaire"),
    path("conventions/signatures/<uuid:pk>/joindre/", conventions_etapes.join_signed, name="exemplaire_joindre"),
    path("conventions/signatures/<uuid:pk>/remplacer/", conventions_etapes.replace_signatory, name="signataire"),
    path("conventions/signatures/<uuid:pk>/retirer/", conventions_etapes.remove_signatory, name="signataire_retirer"),
    path("conventions/signatures/<uuid:pk>/relancer/", conventions_etapes.remind_signatory, name="signature_relancer"),
    path("conventions/rapports/<uuid:pk>/", rapports_cpas.write_report, name="rapport_cpas"),
    path("conventions/rapports/<uuid:pk>/rapport.pdf", rapports_cpas.download_report, name="rapport_cpas_pdf"),
    path("conventions/rapports/<uuid:pk>/envoyer/", rapports_cpas.send_report, name="rapport_cpas_envoyer"),
    path("conventions/rapports/<uuid:pk>/annuler/", rapports_cpas.cancel_report, name="rapport_cpas_annuler"),
]
