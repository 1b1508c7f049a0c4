"""Addresses of the costs: invoices, keys, recurring charges, comptes individuels."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
