"""Addresses of what is due, of the list of workers and of the reminders."""

from django.urls import path

from clefdevoute.workspaces.accompagnateur.views import aujourdhui, rappels

urlpatterns = [
    path("", aujourdhui.show_aujourdhui, name="aujourdhui"),
    path("rappels/", rappels.set_rappels, name="rappels"),
]
