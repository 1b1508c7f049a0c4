"""The public addresses: open to strangers and to every role alike."""

from tests.workspaces.matrix import Entry, register

register(
    [
        Entry(name="public:accueil", public=True, tenant=False),
        Entry(name="public:simulateur", public=True, tenant=False),
        Entry(name="public:regles", public=True, tenant=False),
        Entry(
            name="public:regle",
            kwargs=lambda _: {"nom": "accompagnement_social.droit"},
            public=True,
            tenant=False,
        ),
        Entry(name="public:parametres", public=True, tenant=False),
        Entry(name="public:sources", public=True, tenant=False),
    ]
)
