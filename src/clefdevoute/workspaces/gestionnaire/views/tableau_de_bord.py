"""The gestionnaire's first page: the agrément year, the right in persons, the justification."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def show_dashboard(request: HttpRequest) -> HttpResponse:
    """Show the current agrément year and who must move."""
    return render(request, "gestionnaire/tableau_de_bord.html")
