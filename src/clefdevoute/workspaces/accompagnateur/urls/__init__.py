"""Addresses of the accompagnateur's workspace; one module per part, each adds its line."""

from django.urls import URLPattern, URLResolver

app_name = "accompagnateur"
urlpatterns: list[URLPattern | URLResolver] = []
