"""The Forem and one person: may a packet go, her facts, her wished occupations, the preview, the production."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clefdevoute.documents import explications, metiers
from clefdevoute.documents import forem as packet
from clefdevoute.law.kernel.registry import rule_named
from clefdevoute.records.foundation.errors import RecordError
from clefdevoute.records.foundation.requests import WorkRequest
from clefdevoute.records.personnes.models import Travailleur
from clefdevoute.records.reseau import forem as gate
from clefdevoute.records.reseau.actions import forem as actions
from clefdevoute.records.reseau.models import ProfilForem, TransmissionForem
from clefdevoute.ui.htmx import page_or_fragment
from clefdevoute.ui.pagination import paginate
from clefdevoute.workspaces.accompagnateur import dossier
from clefdevoute.workspaces.accompagnateur import forem as pages
from clefdevoute.workspaces.accompagnateur.forms.forem import LANGUAGES, ApercuForm, ProfilForm, RechercheForm
from clefdevoute.workspaces.accompagnateur.formulaires import attempt, form_page

both = require_http_methods(["GET", "HEAD", "POST"])
FOUND = 12
MOST_WANTED = 10
TAB = "emploi"


@require_safe
def list_forem(request: WorkRequest) -> HttpResponse:
    """List the persons noted DEI, with where each stands, and every packet that left."""
    today = timezone.localdate()
    sent = TransmissionForem.objects.visible_to(request.actor).select_related("travailleur")
    context = {
        "page": paginate(request, pages.candidats(request.actor, today)),
        "sent": sent.order_by("-made_at", "id")[:20],
    }
    return render(request, "accompagnateur/forem.html", context)


@require_safe
def show_forem(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show whether a packet may go for this person, and why not; her facts; what left."""
    person = dossier.travailleur_or_404(request, pk)
    today = timezone.localdate()
    held = gate.situation(person, on=today)
    profil = _profil(request, person)
    context = dossier.contexte(request, person, tab=TAB) | {
        "held": held,
        "why": explications.why(
            held.answer,
            question=_("Pourquoi cette réponse ?"),
            rule_url=_rule_url,
        ),
        "profil": profil,
        "fields": packet.champs(person, profil, on=today),
        "sent": TransmissionForem.objects.visible_to(request.actor).filter(travailleur=person)[:50],
    }
    return render(request, "accompagnateur/forem_dossier.html", context)


@both
def note_search(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Note since when the person is DEI, whether she looks for work, or that it ended."""
    person = dossier.travailleur_or_404(request, pk)
    open_now = gate.recherche_en_cours(person, timezone.localdate())
    initial = {"dei_since": open_now.dei_since, "seeking": open_now.seeking} if open_now else {}
    form = RechercheForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":

        def write() -> Any:
            given, now = form.cleaned_data, timezone.now()
            row = actions.noter_recherche(
                travailleur=person, dei_since=given["dei_since"], seeking=given["seeking"], by=request.actor, now=now
            )
            if given["ends_on"]:
                actions.terminer_recherche(recherche=row, ends_on=given["ends_on"], by=request.actor, now=now)
            return row

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Recherche d’emploi notée."))
            return redirect("accompagnateur:forem_dossier", pk=pk)
    return _form(request, person, form, _("Recherche d’emploi"), _("Enregistrer"), status)


@both
def write_profile(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the facts of a person that a packet may say."""
    person = dossier.travailleur_or_404(request, pk)
    form = ProfilForm(request.POST or None, initial=_initial(_profil(request, person)))
    status = 200
    if request.method == "POST":

        def write() -> ProfilForem:
            return actions.enregistrer_profil(
                travailleur=person, by=request.actor, now=timezone.now(), **form.cleaned_data
            )

        done, status = attempt(form, write)
        if done is not None:
            messages.success(request, _("Profil enregistré."))
            return redirect("accompagnateur:forem_dossier", pk=pk)
    lede = _("Lu par l’équipe d’accompagnement. Le Forem n’en reçoit que ce que la personne laisse cocher à l’aperçu.")
    return _form(request, person, form, _("Profil pour la recherche d’emploi"), _("Enregistrer"), status, lede=lede)


@both
def choose_occupations(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Search the occupations by what one types; add or remove one of the wished ones."""
    person = dossier.travailleur_or_404(request, pk)
    profil = _profil(request, person)
    wanted = list(profil.wanted) if profil else []
    typed = request.GET.get("q", "")[:100]
    refusal = ""
    if request.method == "POST":
        refusal = _change_wanted(request, person, wanted)
        if not refusal:
            query = f"?{request.GET.urlencode()}" if typed else ""
            return redirect(reverse("accompagnateur:forem_metiers", kwargs={"pk": pk}) + query)
    context = dossier.contexte(request, person, tab=TAB) | {
        "typed": typed,
        "found": metiers.chercher(typed, FOUND),
        "wanted": [(uri, metiers.libelle(uri)) for uri in wanted],
        "refusal": refusal,
    }
    return page_or_fragment(
        request,
        "accompagnateur/forem_metiers.html",
        "accompagnateur/_metiers.html",
        context,
        status=422 if refusal else 200,
    )


@require_safe
def preview(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Show field by field, in the person's language, what would leave."""
    return _preview(request, dossier.travailleur_or_404(request, pk), None, 200)


@require_POST
def produce(request: WorkRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the chosen fields; a consent withdrawn since the preview refuses, and nothing chosen is lost."""
    person = dossier.travailleur_or_404(request, pk)
    profil, today = _profil(request, person), timezone.localdate()
    held = gate.situation(person, on=today)
    language = held.consentement.language if held.consentement else "fr"
    found = packet.champs(person, profil, on=today, language=language)
    form = ApercuForm(request.POST, found=found)

    def write() -> TransmissionForem:
        return actions.produire_transmission(
            travailleur=person,
            paquet=packet.paquet_de(packet.champs(person, profil, on=today), profil),
            champs=tuple(form.cleaned_data["champs"]),
            language=language,
            by=request.actor,
            now=timezone.now(),
        )

    made, status = attempt(form, write)
    if made is None:
        return _preview(request, person, form, status)
    messages.success(request, _("Dossier produit. Prenez les fichiers, remettez-les, puis notez la remise."))
    return redirect("accompagnateur:transmission", pk=made.pk)


def _preview(request: WorkRequest, person: Travailleur, form: ApercuForm | None, status: int) -> HttpResponse:
    today = timezone.localdate()
    held, profil = gate.situation(person, on=today), _profil(request, person)
    language = held.consentement.language if held.consentement else "fr"
    found = packet.champs(person, profil, on=today, language=language)
    if form is None:
        form = ApercuForm(initial={"champs": [champ.code for champ in found if champ.valeurs]}, found=found)
    chosen = form.data.getlist("champs") if form.is_bound else form.initial["champs"]  # type: ignore[attr-defined]
    french = dict(gate.champs_admis(today))
    context = dossier.contexte(request, person, tab=TAB) | {
        "form": form,
        "held": held,
        "lines": [(champ, french[champ.code], champ.code in chosen) for champ in found],
        "language": language,
        "said": {name: packet.paroles.dans(words, language) for name, words in packet.paroles.PAGE.items()},
    }
    return render(request, "accompagnateur/forem_apercu.html", context, status=status)


def _change_wanted(request: WorkRequest, person: Travailleur, wanted: list[str]) -> str:
    """Add or remove one occupation; answer the refusal, empty when written."""
    add, remove = request.POST.get("ajouter", ""), request.POST.get("retirer", "")
    if add:
        if not metiers.connu(add):
            return _("Ce métier n’est pas dans la liste : cherchez-le, puis choisissez-le.")
        if len(wanted) >= MOST_WANTED:
            return _("Dix métiers souhaités sont déjà notés : retirez-en un, puis ajoutez celui-ci.")
    elif not remove:
        return _("Aucun métier n’est choisi : cochez-en un dans la liste.")
    kept = [uri for uri in wanted if uri != remove]
    try:
        actions.enregistrer_profil(
            travailleur=person,
            wanted=kept if not add or add in kept else [*kept, add],
            by=request.actor,
            now=timezone.now(),
        )
    except RecordError as refused:
        return str(refused)
    return ""


def _rule_url(name: str) -> str:
    """Give the page of a public rule; a step inside a rule has none of its own."""
    return reverse("public:regle", kwargs={"nom": name}) if rule_named(name).public else ""


def _profil(request: WorkRequest, person: Travailleur) -> ProfilForem | None:
    found: ProfilForem | None = ProfilForem.objects.visible_to(request.actor).filter(travailleur=person).first()
    return found


def _initial(profil: ProfilForem | None) -> dict[str, Any]:
    if profil is None:
        return {}
    values = {name: getattr(profil, name) for name in actions.PROFIL if name not in {"languages", "wanted"}}
    for number, one in enumerate(profil.languages[:LANGUAGES], start=1):
        values |= {f"langue_{number}": one["langue"], f"niveau_{number}": one["niveau"]}
    return values


def _form(  # noqa: PLR0917
    request: WorkRequest, person: Travailleur, form: Any, title: str, act: str, status: int, lede: str = ""
) -> HttpResponse:
    context = dossier.contexte(request, person, tab=TAB)
    back = (_("Forem"), reverse("accompagnateur:forem_dossier", kwargs={"pk": person.pk}))
    return form_page(
        request,
        form,
        title=title,
        act=act,
        back=back,
        status=status,
        lede=lede,
        template="accompagnateur/dossier_formulaire.html",
        **context,
    )
