"""Pages that say what happened, why, and what to do next. None of them needs the database."""

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .htmx import wants_fragment


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The three things an error says."""

    title: str
    what: str
    why: str
    todo: str


SENTENCES = {
    400: Sentence(
        title="Demande illisible",
        what="Le serveur n’a pas compris ce que la page lui a envoyé.",
        why="L’adresse ou le formulaire a été coupé ou modifié en chemin.",
        todo="Revenez à la page précédente, rechargez-la et recommencez.",
    ),
    401: Sentence(
        title="Session finie",
        what="Rien n’a été enregistré : votre session est finie.",
        why="Elle se ferme après huit heures, ou quand vous vous déconnectez dans un autre onglet.",
        todo="Rechargez la page et reconnectez-vous ; copiez d’abord ce que vous venez de taper.",
    ),
    403: Sentence(
        title="Accès réservé",
        what="Cette page ne s’ouvre pas avec votre rôle.",
        why="Un mur sépare les espaces : chacun ne voit que ce que son rôle demande.",
        todo="Changez de rôle si vous en avez un autre, ou demandez à la direction de l’entreprise.",
    ),
    404: Sentence(
        title="Page introuvable",
        what="Il n’y a rien à cette adresse.",
        why="Le lien est ancien, mal recopié, ou la chose n’est pas dans votre entreprise.",
        todo="Revenez à l’accueil et cherchez par le nom.",
    ),
    409: Sentence(
        title="Déjà changé",
        what="Ce que vous modifiez a changé entre-temps.",
        why="Une autre personne, ou un autre onglet, a enregistré avant vous.",
        todo="Rechargez la page, relisez, puis refaites votre changement.",
    ),
    413: Sentence(
        title="Envoi trop lourd",
        what="L’envoi n’a pas été reçu.",
        why="Il dépasse 200 Mo, 500 fichiers, ou un fichier dépasse sa limite.",
        todo="Envoyez les fichiers en plusieurs fois, 20 Mo au plus chacun.",
    ),
}


def error_page(
    request: HttpRequest, status: int, *, title: str = "", what: str = "", why: str = "", todo: str = ""
) -> HttpResponse:
    """Answer an error with its sentences; a given one takes the place of the usual one."""
    usual = SENTENCES[status]
    sentence = Sentence(
        title=title or usual.title, what=what or usual.what, why=why or usual.why, todo=todo or usual.todo
    )
    template = "ui/erreurs/_avis.html" if wants_fragment(request) else "ui/erreurs/page.html"
    html = render_to_string(template, {"status": status, "sentence": sentence})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handle 400, and tell what is too heavy from what is unreadable."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent))
    return error_page(request, 413 if too_much else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handle 403; a refusal that carries a sentence is shown with it."""
    return error_page(request, 403, what=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handle 404; never say whether the thing exists elsewhere."""
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Handle a form whose token is missing or too old: nothing was recorded."""
    return error_page(
        request,
        403,
        title="Formulaire périmé",
        what="Rien n’a été enregistré : la page est restée ouverte trop longtemps, ou les cookies sont bloqués.",
        why="Le jeton qui protège ce formulaire n’est plus celui de votre session.",
        todo="Revenez en arrière, copiez votre texte, rechargez la page et recommencez.",
    )
