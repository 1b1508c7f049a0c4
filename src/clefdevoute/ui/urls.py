"""Addresses of the gallery."""

from django.urls import path

from .views import components

app_name = "ui"
urlpatterns = [path("", components, name="components")]
