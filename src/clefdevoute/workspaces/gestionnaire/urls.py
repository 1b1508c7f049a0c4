"""Addresses of this workspace."""

from django.urls import URLPattern

app_name = "gestionnaire"
urlpatterns: list[URLPattern] = []
