"""The follow-up under attack: rows of another enterprise named in its forms, bodies that no page of ours sends."""

import pytest
from django.apps import apps
from django.db.models import F, ForeignKey
from django.urls import reverse

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.models import User
from tests.records import factories as make
from tests.records.factories_reseau import PartenaireFactory
from tests.workspaces import (
    matrix,
    test_url_matrix,  # noqa: F401 - it gathers every address
)
from tests.workspaces.remplissage import filled

pytestmark = pytest.mark.django_db
OURS = sorted(name for name in matrix.ENTRIES if name.split(":")[0] in {"accompagnateur", "agenda"})
ODD = ["\0", "9" * 40, "1e99999", "31/12/9999", "é" * 3000]


@pytest.fixture(autouse=True)
def proofs_folder(settings, tmp_path):
    settings.PROOFS_DIR = tmp_path


@pytest.fixture
def nadia(sign_in, entreprise):
    """Give the browser of an accompagnateur who is one on paper too."""
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    make.AccompagnateurFactory(entreprise=entreprise, user=User.objects.get())
    return client


def person(entreprise):
    """A person under contract, whom nobody follows yet."""
    one = make.TravailleurFactory(entreprise=entreprise, name=f"Nom{entreprise.name}")
    make.EngagementFactory(travailleur=one)
    return one


def colleague(entreprise):
    return make.AccompagnateurFactory(entreprise=entreprise, name=f"Nom{entreprise.name}")


def partner(kind):
    return lambda entreprise: PartenaireFactory(entreprise=entreprise, kind=kind, name=f"Nom{entreprise.name}")


# address of the form → the field that names a row, and what makes such a row in an enterprise
NAMED = [
    ("accompagnateur:amenagement_nouveau", "travailleur", person),
    ("accompagnateur:convention_nouvelle", "cpas", partner("cpas")),
    ("accompagnateur:convention_personne", "travailleur", person),
    ("accompagnateur:jobcoaching_viser", "partenaire", partner("entreprise")),
    ("accompagnateur:etape_nouvelle", "partenaire", partner("entreprise")),
    ("accompagnateur:seance_nouvelle", "accompagnateur", colleague),
    ("accompagnateur:seance_modifier", "accompagnateur", colleague),
    ("accompagnateur:sans_referent", "accompagnateur", colleague),
    ("accompagnateur:sans_referent", "travailleur", person),
    ("accompagnateur:releve_nouvelle", "to_accompagnateur", colleague),
    ("agenda:modifier", "accompagnateur", colleague),
    ("agenda:nouveau", "accompagnateur", colleague),
]


@pytest.mark.parametrize(("name", "field", "row"), NAMED, ids=lambda value: getattr(value, "__name__", value))
def test_a_form_takes_no_row_of_another_enterprise(nadia, entreprise, name, field, row):
    neighbour = make.EntrepriseInsertionFactory(name="Voisine")
    own, foreign = row(entreprise), row(neighbour)
    entry = matrix.ENTRIES[name]
    address = reverse(name, kwargs=entry.kwargs(entreprise))
    person(entreprise)  # some pages offer a form only when somebody waits
    shown = nadia.get(address)
    assert "NomVoisine" not in shown.content.decode()
    data = filled(shown.content)
    assert field in data, "le formulaire ne nomme plus ce champ"
    page = nadia.post(address, data | {field: str(foreign.pk)})
    assert page.status_code in {409, 422}, page.status_code
    assert "NomVoisine" not in page.content.decode()
    assert crossed() == []
    assert field in page.context["form"].errors or field not in page.context["form"].fields
    taken = nadia.post(address, data | {field: str(own.pk)})
    assert taken.status_code == 302 or field not in taken.context["form"].errors


def crossed():
    """Name every reference that leads from a row of one enterprise to a row of another."""
    found = []
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, ForeignKey) and _tenant(model) and _tenant(field.related_model):
                rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
                if rows.exclude(**{f"{field.name}__entreprise": F("entreprise")}).exists():
                    found.append(f"{model._meta.label}.{field.name}")
    return found


def _tenant(model):
    return any(field.name == "entreprise" for field in model._meta.fields)


@pytest.mark.parametrize("name", OURS)
def test_a_body_that_no_page_sends_breaks_no_page(nadia, entreprise, name):
    entry = matrix.ENTRIES[name]
    address = reverse(name, kwargs=entry.kwargs(entreprise))
    page = nadia.get(address)
    for headers in ({}, {"HX-Request": "true"}):
        assert nadia.post(address, headers=headers).status_code < 500
    if page.status_code == 200 and b'method="post"' in page.content.split(b"<main", 1)[-1]:
        data = filled(page.content)
        for odd in ODD:
            assert nadia.post(address, dict.fromkeys(data, odd)).status_code < 500, odd
    for method in (nadia.put, nadia.patch, nadia.delete):
        assert method(address).status_code in {404, 405}
