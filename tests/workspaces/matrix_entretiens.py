"""The addresses of interviews, drafts, the pinned line and the themes."""

import uuid

from tests.records.factories import EngagementFactory
from tests.records.factories_agenda import RendezVousFactory
from tests.records.factories_entretiens import BrouillonFactory, EntretienFactory, ThemeFactory
from tests.workspaces.matrix import Entry, register
from tests.workspaces.matrix_dossier import entry


def written(entreprise):
    someone = EngagementFactory(travailleur__entreprise=entreprise).travailleur
    row = EntretienFactory(travailleur=someone, rendez_vous=RendezVousFactory(travailleur=someone, realise=True))
    return {"pk": someone.pk, "entretien": row.pk}


def chip(entreprise):
    return {"pk": ThemeFactory(entreprise=entreprise, code=uuid.uuid4().hex[:12]).pk}


def someone_else_s_draft(entreprise):
    return {"pk": BrouillonFactory(travailleur__entreprise=entreprise).pk}


register(
    [
        entry("entretiens"),
        entry("entretien_nouveau"),
        entry("entretien_brouillon", post=True),
        entry("appel_nouveau"),
        entry("appel_brouillon", post=True),
        entry("entretien", written),
        entry("entretien_corriger", written),
        entry("entretien_feuille", written),
        entry("entretien_feuille_pdf", written),
        entry("a_savoir"),
        # A draft opens for its author alone: to every role of its own enterprise, another's is not there.
        Entry(name="accompagnateur:brouillon_jeter", kwargs=someone_else_s_draft, roles=frozenset(), post=True),
        entry("brouillons", lambda entreprise: {}, tenant=False),
        entry("themes", lambda entreprise: {}, tenant=False),
        entry("theme", chip),
    ]
)
