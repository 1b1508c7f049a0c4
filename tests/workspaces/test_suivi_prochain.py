"""The next appointment that an interview proposes: an hour of work, whenever this one was written down."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from clefdevoute.records.foundation.access import Role
from tests.records.factories import EngagementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "proposed"),
    [("9:00", "09:00"), ("14:15", "14:15"), ("16:30", "16:30"), ("20:00", "09:00"), ("6:10", "09:00")],
)
def test_an_hour_outside_the_day_of_work_is_not_proposed_again(sign_in, entreprise, held, proposed):
    client = sign_in(Role.ACCOMPAGNATEUR, entreprise)
    person = EngagementFactory(travailleur__entreprise=entreprise).travailleur
    answer = client.post(
        reverse("accompagnateur:entretien_brouillon", kwargs={"pk": person.pk}),
        {"date": f"{timezone.localdate():%d/%m/%Y}", "heure": held, "forme": "face_a_face", "note_partagee": "Vu."}
        | {"prochain": "reserver", "version": "0", "onglet": "3f0a4f7e-6f0a-4e0e-9a53-0d5f6a1f2b3c"},
        headers={"HX-Request": "true"},
    )
    assert re.search(rf"Proposé.*à {proposed}", answer.content.decode(), re.DOTALL)
