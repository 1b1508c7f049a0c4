"""The one address of the agenda that a calendar reads without signing in; its key is the permission."""

from django.urls import path

from clefdevoute.workspaces.agenda.views import flux

app_name = "flux"
urlpatterns = [path("<str:token>.ics", flux.feed, name="ics")]
