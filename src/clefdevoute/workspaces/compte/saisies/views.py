"""The one button of a form that was not taken: sign in again, take the role again, see the form filled."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clefdevoute.workspaces.compte.saisies import garde, pages


@login_not_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Lead to the filled form, by the sign-in page when nobody, or somebody else, is signed in."""
    sealed = request.POST.get(garde.FIELD, "")
    kept = garde.read(sealed)
    if kept is None:
        messages.error(request, _("Ce texte ne se retrouve plus : il n’est gardé que huit heures."))
        return redirect("compte:accueil")
    if request.user.is_authenticated and str(request.user.pk) != kept.user:
        get_adapter(request).logout(request)
    if not request.user.is_authenticated:
        return pages.sign_in(request, sealed)
    return pages.resumed(request, sealed) or redirect("compte:accueil")
