"""Addresses that pages of this workspace hand to others: the public page of a rule."""

from django.urls import reverse


def rule_url(name: str) -> str:
    """Give the page of a rule."""
    return reverse("public:regle", kwargs={"nom": name})
