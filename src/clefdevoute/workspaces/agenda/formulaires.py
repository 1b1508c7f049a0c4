"""The page of a form of this workspace; what a form is and how it is answered is shared by all of them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clefdevoute.workspaces.formulaires import Group, GroupedForm, attempt, choices

__all__ = ["Group", "GroupedForm", "attempt", "choices", "form_page"]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Any,
    act: Any,
    back: tuple[Any, str],
    status: int = 200,
    lede: Any = "",
    template: str = "agenda/formulaire.html",
    **more: Any,
) -> HttpResponse:
    """Draw a form alone on its page: where one comes from, what to know, the blocks, one button."""
    context = {"form": form, "title": title, "act": act, "back": back, "lede": lede, **more}
    return render(request, template, context, status=status)
