"""Addresses of the agenda."""

from django.urls import path

from clefdevoute.workspaces.agenda.views import (
    boite,
    calendrier,
    convocations,
    empechements,
    flux,
    personnes,
    planification,
    rendez_vous,
    seances,
)

app_name = "agenda"
urlpatterns = [
    path("", calendrier.show_week, name="semaine"),
    path("jour/", calendrier.show_day, name="jour"),
    path("a-confirmer/", calendrier.list_to_confirm, name="confirmer"),
    path("travailleurs/", personnes.find, name="chercher"),
    path("travailleurs/<uuid:pk>/", personnes.show, name="personne"),
    path("travailleurs/<uuid:pk>/rendez-vous/", rendez_vous.book, name="nouveau"),
    path("travailleurs/<uuid:pk>/empechement/", empechements.note, name="empechement_nouveau"),
    path("empechements/<uuid:pk>/", empechements.change, name="empechement"),
    path("empechements/<uuid:pk>/retirer/", empechements.withdraw, name="empechement_retirer"),
    path("rendez-vous/<uuid:pk>/", rendez_vous.show, name="rendez_vous"),
    path("rendez-vous/<uuid:pk>/issue/", calendrier.settle, name="issue"),
    path("rendez-vous/<uuid:pk>/corriger/", rendez_vous.correct, name="corriger"),
    path("rendez-vous/<uuid:pk>/reporter/", rendez_vous.postpone, name="reporter"),
    path("rendez-vous/<uuid:pk>/modifier/", rendez_vous.modify, name="modifier"),
    path("rendez-vous/<uuid:pk>/annuler/", rendez_vous.cancel, name="annuler"),
    path("rendez-vous/<uuid:pk>/convocation/", convocations.show, name="convocation"),
    path("rendez-vous/<uuid:pk>/convocation/lettre/", convocations.print_letter, name="convocation_lettre"),
    path("rendez-vous/<uuid:pk>/convocation/courriel/", convocations.send_mail, name="convocation_courriel"),
    path("rendez-vous/<uuid:pk>/convocation/sms/", convocations.note_sms, name="convocation_sms"),
    path("seances/", planification.show_list, name="seances"),
    path("seances/nouvelle/", planification.plan, name="seance_nouvelle"),
    path("seances/<uuid:pk>/", seances.show, name="seance"),
    path("seances/<uuid:pk>/modifier/", planification.modify, name="seance_modifier"),
    path("seances/<uuid:pk>/reporter/", planification.postpone, name="seance_reporter"),
    path("seances/<uuid:pk>/annuler/", planification.cancel, name="seance_annuler"),
    path("seances/<uuid:pk>/inscrire/", planification.enrol, name="seance_inscrire"),
    path("seances/places/<uuid:pk>/oter/", planification.remove, name="seance_desinscrire"),
    path("seances/<uuid:pk>/feuille.pdf", planification.sheet, name="seance_feuille"),
    path("seances/<uuid:pk>/lettres/", convocations.print_letters, name="seance_lettres"),
    path("flux/", flux.manage, name="flux"),
    path("flux/revoquer/", flux.revoke, name="flux_revoquer"),
    path("boite-de-sortie/", boite.show, name="boite"),
    path("boite-de-sortie/<uuid:pk>/envoyer/", boite.resend, name="courriel_envoyer"),
    path("boite-de-sortie/<uuid:pk>/remis/", boite.hand_over, name="courriel_remis"),
]
