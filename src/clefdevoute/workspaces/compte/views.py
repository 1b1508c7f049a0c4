"""Where a person lands after signing in, and how she changes role or enterprise."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from clefdevoute.records.entreprises.affectations import affectations_of
from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.workspaces.compte.session import switch_affectation

HOMES = {
    Role.GESTIONNAIRE: "gestionnaire:tableau_de_bord",
    Role.ACCOMPAGNATEUR: "accompagnateur:aujourdhui",
    Role.SECRETARIAT: "agenda:jour",
}

MEANWHILE = {
    Role.TRAVAILLEUR: _(
        "Demandez à la personne qui vous accompagne : elle vous montre votre dossier, vos rendez-vous et vos accords, "
        "et vous en donne une copie."
    ),
    Role.ADMINISTRATION: _(
        "L’entreprise vous remet le dossier de justification en fichiers : pièces en PDF, tableurs, empreintes."
    ),
    Role.INSPECTION: _(
        "L’entreprise vous montre sur place ses pièces, son registre de régularité et la preuve de chaque montant."
    ),
}
"""What a person does until the space of her role opens; the others use what is open to all."""


@require_GET
def show_home(request: WorkRequest) -> HttpResponse:
    """Send a person to the first page of her role, or to the list of her roles."""
    if request.actor is None:
        return redirect("compte:roles")
    home = HOMES.get(request.actor.role)
    if home:
        return redirect(home)
    several = len(affectations_of(request.user, timezone.localdate())) > 1
    seen = {"meanwhile": MEANWHILE.get(request.actor.role), "several": several}
    return render(request, "compte/sans_espace.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_role(request: WorkRequest) -> HttpResponse:
    """Show the roles a person holds today; choosing one makes it this session's."""
    today = timezone.localdate()
    if request.method == "POST":
        try:
            chosen = uuid.UUID(request.POST.get("affectation", ""))
            switch_affectation(user=request.user, session=request.session, affectation_id=chosen, as_of=today)
        except (ValueError, AccessDenied):
            messages.error(
                request, "Ce rôle n’est pas le vôtre, ou il a pris fin. Choisissez l’un de ceux de la liste."
            )
            return redirect("compte:roles")
        return redirect("compte:accueil")
    rows = affectations_of(request.user, today)
    return render(request, "compte/roles.html", {"affectations": rows})
