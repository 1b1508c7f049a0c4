"""The peer of our lists: a lean Django view, its usual middleware, a session, one count, one list, one template."""

from unittest import mock

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import Client
from django.urls import path

from clefdevoute.config.urls import urlpatterns as pages
from clefdevoute.records.foundation.models import User

KEY = "entreprise"
"""Where the session keeps the enterprise of who looks."""
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""Those of a new Django project."""
_PROCESSORS = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)
_ENGINE = DjangoTemplates(
    {"NAME": "maigre", "DIRS": [], "APP_DIRS": False, "OPTIONS": {"context_processors": list(_PROCESSORS)}}
)
_LIST = _ENGINE.from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td><td>{{ row.2|date:'d/m/Y' }}</td></tr>"
    "{% endfor %}</table><p>{{ count }} {{ user.name }}</p>"
)


def maigre(request: HttpRequest) -> HttpResponse:
    """Answer the least that a due list can be: the last interview of each person, the oldest first."""
    mine = request.session[KEY]
    sql = (
        "SELECT t.name, t.first_name, (SELECT max(r.starts_at) FROM agenda_rendezvous r WHERE r.travailleur_id = t.id "
        "AND r.status = 'realise') AS vu FROM personnes_travailleur t WHERE t.entreprise_id = %s ORDER BY vu LIMIT 50"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM personnes_travailleur WHERE entreprise_id = %s", [mine])
        count = cursor.fetchone()[0]
        cursor.execute(sql, [mine])
        rows = cursor.fetchall()
    return HttpResponse(_LIST.render({"rows": rows, "count": count, "user": request.user}, request))


urlpatterns = [*pages, path("maigre/", maigre)]


def ouvrir(user: User, entreprise_id: object) -> Client:
    """Sign the user in, for both kinds of page."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[KEY] = str(entreprise_id).replace("-", "") if connection.vendor == "sqlite" else str(entreprise_id)
    session.save()
    return client


def alleger(client: Client) -> Client:
    """Let a browser of the tests pass through the lean middleware alone."""
    with mock.patch.object(settings, "MIDDLEWARE", MIDDLEWARE):
        client.handler.load_middleware()
    return client


def serveur_maigre() -> WSGIHandler:
    """Give the lean application as a server loads it."""
    with mock.patch.object(settings, "MIDDLEWARE", MIDDLEWARE):
        return WSGIHandler()
