"""Addresses of the gestionnaire's workspace, by group of the rail: the right, the costs, the justification."""

from clefdevoute.workspaces.gestionnaire.urls import amenagements, couts, droit, justification, recherche, trajets

app_name = "gestionnaire"
urlpatterns = [
    *droit.urlpatterns,
    *couts.urlpatterns,
    *justification.urlpatterns,
    *recherche.urlpatterns,
    *trajets.urlpatterns,
    *amenagements.urlpatterns,
]
