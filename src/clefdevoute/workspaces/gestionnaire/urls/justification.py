"""Addresses of the justification: tables A and B, what is missing, the package."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
