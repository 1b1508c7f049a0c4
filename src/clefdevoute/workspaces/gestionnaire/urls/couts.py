"""Addresses of the costs: invoices, keys, recurring charges, comptes individuels."""

from django.urls import path

from clefdevoute.workspaces.gestionnaire import converters  # noqa: F401 - paths learn to write a day
from clefdevoute.workspaces.gestionnaire.views import (
    charges,
    cles,
    comptes,
    comptes_import,
    depots,
    facture,
    facture_tapee,
    factures,
)

urlpatterns = [
    path("factures/", factures.show_invoices, name="factures"),
    path("factures/imputer/", factures.impute_several, name="factures_imputer"),
    path("factures/deposer/", depots.drop_invoices, name="factures_deposer"),
    path("factures/depots/<uuid:pk>/", depots.show_drop, name="depot"),
    path("factures/fichiers/", depots.show_pending_files, name="fichiers"),
    path("factures/fichiers/<uuid:pk>/", depots.open_file, name="fichier"),
    path("factures/fichiers/<uuid:pk>/laisser/", depots.leave_file, name="fichier_laisser"),
    path("factures/taper/", facture_tapee.type_invoice, name="facture_taper"),
    path("factures/pieces/<uuid:pk>/", facture.open_piece, name="facture_piece"),
    path("factures/<uuid:pk>/", facture.show_invoice, name="facture"),
    path("factures/<uuid:pk>/fichier/", facture.open_original, name="facture_fichier"),
    path("factures/<uuid:pk>/corriger/", facture_tapee.correct_invoice, name="facture_corriger"),
    path("factures/<uuid:pk>/imputer/", facture.impute, name="facture_imputer"),
    path("factures/<uuid:pk>/retirer/", facture.withdraw, name="facture_retirer"),
    path("factures/<uuid:pk>/ecarter/", facture.put_aside, name="facture_ecarter"),
    path("factures/<uuid:pk>/reprendre/", facture.take_back, name="facture_reprendre"),
    path("factures/<uuid:pk>/departager/", facture.settle, name="facture_departager"),
    path("factures/<uuid:pk>/euros/", facture.give_euros, name="facture_euros"),
    path("factures/<uuid:pk>/autre-subvention/", facture.mark_other_subsidy, name="facture_autre_subvention"),
    path("cles/", cles.show_keys, name="cles"),
    path("cles/<uuid:pk>/", cles.show_key, name="cle"),
    path("cles/<uuid:pk>/fermer/", cles.close_key, name="cle_fermer"),
    path("charges/", charges.show_charges, name="charges"),
    path("<date:annee>/charges/", charges.show_charges, name="charges_annee"),
    path("charges/<uuid:pk>/", charges.show_charge, name="charge"),
    path("charges/<uuid:pk>/montant/", charges.change_amount, name="charge_montant"),
    path("charges/<uuid:pk>/terminer/", charges.end_charge, name="charge_terminer"),
    path("comptes-individuels/", comptes.show_accounts, name="comptes"),
    path("comptes-individuels/<uuid:pk>/<int:annee>/", comptes.show_account, name="compte"),
    path("comptes-individuels/<uuid:pk>/<int:annee>/montant/", comptes.add_amount, name="montant_ajouter"),
    path("comptes-individuels/<uuid:pk>/<int:annee>/document/", comptes.deposit_document, name="compte_deposer"),
    path("comptes-individuels/<uuid:pk>/<int:annee>/importer/", comptes_import.deposit_csv, name="compte_importer"),
    path("comptes-individuels/montants/<uuid:pk>/effacer/", comptes.erase_amount, name="montant_effacer"),
    path("comptes-individuels/documents/<uuid:pk>/", comptes.open_document, name="compte_document"),
    path("comptes-individuels/imports/<uuid:pk>/", comptes_import.show_import, name="compte_import"),
    path("comptes-individuels/imports/<uuid:pk>/annuler/", comptes_import.undo_import, name="compte_import_annuler"),
]
