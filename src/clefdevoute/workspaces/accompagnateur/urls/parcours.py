"""Addresses of the three paths, and of what is without object."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import emploi, formation, validation

_PERSONNE = "travailleurs/<uuid:pk>"

urlpatterns = [
    path(f"{_PERSONNE}/formation/", formation.show_plans, name="formation"),
    path(f"{_PERSONNE}/formation/nouveau/", formation.open_plan, name="plan_nouveau"),
    path("plans/<uuid:pk>/expertise/", formation.ask_expertise, name="expertise"),
    path("expertises/<uuid:pk>/reponse/", formation.note_answer, name="expertise_repondre"),
    path("plans/<uuid:pk>/modules/nouveau/", formation.add_module, name="module_nouveau"),
    path("modules/<uuid:pk>/", formation.modify_module, name="module"),
    path("modules/<uuid:pk>/heures/", formation.note_hours, name="module_heures"),
    path("plans/<uuid:pk>/evaluation/", formation.evaluate_plan, name="plan_evaluer"),
    path(f"{_PERSONNE}/sans-objet/<int:task>/", formation.note_without_object, name="sans_objet"),
    path("sans-objet/<uuid:pk>/lever/", formation.lift_without_object, name="sans_objet_lever"),
    path(f"{_PERSONNE}/emploi/", emploi.show_jobcoachings, name="emploi"),
    path(f"{_PERSONNE}/emploi/nouveau/", emploi.open_jobcoaching, name="jobcoaching_nouveau"),
    path(f"{_PERSONNE}/fin-de-contrat/", emploi.show_contract_end, name="fin_de_contrat"),
    path("jobcoachings/<uuid:pk>/entreprise/", emploi.aim, name="jobcoaching_viser"),
    path("jobcoachings/<uuid:pk>/etapes/nouvelle/", emploi.add_step, name="etape_nouvelle"),
    path("etapes/<uuid:pk>/issue/", emploi.conclude_step, name="etape_conclure"),
    path("jobcoachings/<uuid:pk>/issue/", emploi.close_jobcoaching, name="jobcoaching_clore"),
    path(f"{_PERSONNE}/validation/", validation.show_validation, name="validation"),
    path(f"{_PERSONNE}/validation/information/", validation.inform, name="validation_informer"),
    path(f"{_PERSONNE}/validation/feuille/", validation.show_handout, name="validation_feuille"),
    path("validations/<uuid:pk>/interet/", validation.note_interest, name="validation_interet"),
    path("validations/<uuid:pk>/inscription/", validation.note_inscription, name="validation_inscrire"),
    path("validations/<uuid:pk>/guidance/", validation.note_guidance, name="validation_guider"),
    path("validations/<uuid:pk>/epreuve/", validation.set_epreuve, name="epreuve_nouvelle"),
    path("epreuves/<uuid:pk>/resultat/", validation.note_result, name="epreuve_resultat"),
    path("validations/<uuid:pk>/arret/", validation.stop, name="validation_arreter"),
    path(f"{_PERSONNE}/competences/", validation.assess, name="competences"),
]
