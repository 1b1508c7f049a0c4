"""The search in the matrix of addresses."""

from tests.workspaces.matrix import Entry, register

register([Entry(name="gestionnaire:chercher")])
