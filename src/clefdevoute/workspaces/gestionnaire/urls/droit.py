"""Addresses of the right: dashboard, travailleurs, accompagnateurs, the enterprise."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire import converters  # noqa: F401 - paths learn to write a day
from clefdevoute.workspaces.gestionnaire.views import accompagnateurs as equipe
from clefdevoute.workspaces.gestionnaire.views import contrats, entreprise, imports, regularite, statuts, travailleurs
from clefdevoute.workspaces.gestionnaire.views import tableau_de_bord as bord

_IMPORT = "travailleurs/imports/<uuid:pk>"
_CONTRAT = "contrats/<uuid:pk>"
_PERSONNE = "accompagnateurs/<uuid:pk>"
_CONTRAT_ACC = "accompagnateurs/contrats/<uuid:pk>"

urlpatterns = [
    path("", bord.show_dashboard, name="tableau_de_bord"),
    path("<date:annee>/", bord.show_year, name="annee"),
    path("<date:annee>/hypothese/", bord.show_hypothesis, name="hypothese"),
    path("accompagnement/", regularite.show_regularite, name="regularite"),
    path("travailleurs/", travailleurs.list_travailleurs, name="travailleurs"),
    path("travailleurs/export.<str:extension>", travailleurs.export_travailleurs, name="travailleurs_export"),
    path("travailleurs/nouveau/", travailleurs.add_travailleur, name="travailleur_nouveau"),
    path("travailleurs/imports/", imports.list_imports, name="imports"),
    path(f"{_IMPORT}/", imports.show_import, name="import"),
    path(f"{_IMPORT}/colonnes/", imports.choose_columns, name="import_colonnes"),
    path(f"{_IMPORT}/apercu/", imports.preview_import, name="import_apercu"),
    path(f"{_IMPORT}/appliquer/", imports.apply_import, name="import_appliquer"),
    path(f"{_IMPORT}/annuler/", imports.undo_import, name="import_annuler"),
    path("travailleurs/<uuid:pk>/", travailleurs.show_travailleur, name="travailleur"),
    path("travailleurs/<uuid:pk>/modifier/", travailleurs.modify_travailleur, name="travailleur_modifier"),
    path("travailleurs/<uuid:pk>/contrats/nouveau/", contrats.add_contrat, name="contrat_nouveau"),
    path("travailleurs/<uuid:pk>/absences/nouvelle/", contrats.add_absence, name="absence_nouvelle"),
    path("absences/<uuid:pk>/fin/", contrats.end_absence, name="absence_fin"),
    path(f"{_CONTRAT}/modifier/", contrats.modify_contrat, name="contrat_modifier"),
    path(f"{_CONTRAT}/fin/", contrats.end_contrat, name="contrat_fin"),
    path(f"{_CONTRAT}/statut/", statuts.freeze, name="statut"),
    path(f"{_CONTRAT}/statut/completer/", statuts.complete, name="statut_completer"),
    path(f"{_CONTRAT}/statut/verifier/", statuts.verify, name="statut_verifier"),
    path(f"{_CONTRAT}/statut/corriger/", statuts.correct, name="statut_corriger"),
    path(f"{_CONTRAT}/statut/preuve/", statuts.read_proof, name="statut_preuve"),
    path(f"{_CONTRAT}/conditions/", statuts.open_conditions, name="conditions"),
    path("conditions/<uuid:pk>/preuve/", statuts.read_condition_proof, name="condition_preuve"),
    path("accompagnateurs/", equipe.list_accompagnateurs, name="accompagnateurs"),
    path("accompagnateurs/nouveau/", equipe.add_accompagnateur, name="accompagnateur_nouveau"),
    path(f"{_PERSONNE}/", equipe.show_accompagnateur, name="accompagnateur"),
    path(f"{_PERSONNE}/modifier/", equipe.modify_accompagnateur, name="accompagnateur_modifier"),
    path(f"{_PERSONNE}/diplome/", equipe.read_diploma, name="accompagnateur_diplome"),
    path(f"{_PERSONNE}/experiences/nouvelle/", equipe.add_experience, name="experience_nouvelle"),
    path("experiences/<uuid:pk>/retirer/", equipe.remove_experience, name="experience_retirer"),
    path("experiences/<uuid:pk>/preuve/", equipe.read_experience_proof, name="experience_preuve"),
    path(f"{_PERSONNE}/contrats/nouveau/", equipe.add_contrat, name="accompagnateur_contrat_nouveau"),
    path(f"{_CONTRAT_ACC}/modifier/", equipe.modify_contrat, name="accompagnateur_contrat_modifier"),
    path(f"{_CONTRAT_ACC}/preuve/", equipe.read_contrat_proof, name="accompagnateur_contrat_preuve"),
    path("entreprise/", entreprise.show_entreprise, name="entreprise"),
    path("entreprise/modifier/", entreprise.modify_entreprise, name="entreprise_modifier"),
    path("entreprise/agrements/nouveau/", entreprise.add_agrement, name="agrement_nouveau"),
    path("entreprise/agrements/<uuid:pk>/fin/", entreprise.end_agrement, name="agrement_fin"),
    path("entreprise/agrements/<uuid:pk>/suspension/", entreprise.add_suspension, name="suspension_nouvelle"),
    path("entreprise/tva/", entreprise.set_tva, name="tva"),
    path("entreprise/comptes/", entreprise.set_compte, name="compte_ligne"),
    path("entreprise/inviter/", entreprise.invite, name="invitation"),
    path("entreprise/acces/<uuid:pk>/fin/", entreprise.end_access, name="acces_fin"),
]
