"""What is due, the list of workers, its views and the reminders, in the matrix of addresses."""

from clefdevoute.records.foundation.access import Role
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.models import User
from tests.records.factories import UserFactory
from tests.records.factories_echeances import VueEnregistreeFactory
from tests.workspaces.matrix import Entry, register

SUIVI = frozenset({Role.ACCOMPAGNATEUR})


def own_view(entreprise):
    """Make a view of the accompagnateur who signs in for that enterprise."""
    email = f"{Role.ACCOMPAGNATEUR}-{entreprise.pk}@exemple.be"
    user = User.objects.filter(email=email).first() or UserFactory()
    return {"pk": VueEnregistreeFactory(entreprise=entreprise, user=user, name=f"Vue {uuid7()}").pk}


register(
    [
        Entry(name="accompagnateur:aujourdhui", roles=SUIVI),
        Entry(name="accompagnateur:travailleurs", roles=SUIVI),
        Entry(
            name="accompagnateur:travailleurs_export",
            roles=SUIVI,
            kwargs=lambda _: {"extension": "csv"},
            tenant=False,
            post=True,
        ),
        Entry(name="accompagnateur:vues", roles=SUIVI),
        Entry(name="accompagnateur:vue_partage", roles=SUIVI, kwargs=own_view, post=True),
        Entry(name="accompagnateur:vue_retrait", roles=SUIVI, kwargs=own_view, post=True),
        Entry(name="accompagnateur:rappels", roles=SUIVI),
    ]
)
