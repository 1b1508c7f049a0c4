"""Roles and permissions: a table that a person can read, and one question."""

import pytest

from clefdevoute.records.foundation import permissions
from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied
from clefdevoute.records.foundation.ids import uuid7
from clefdevoute.records.foundation.permissions import BRINGS, ROLES, Permission, UnknownPermission, check, has

CONTENT = {Permission.DOSSIER_LIRE, Permission.DOSSIER_ECRIRE, Permission.NOTE_PRIVEE}
NAMED = {
    (Role.GESTIONNAIRE, Permission.CHEF_ENTREPRISE),
    (Role.ADMINISTRATION, Permission.INSTRUIRE),
    (Role.ADMINISTRATION, Permission.VALIDER),
    (Role.ACCOMPAGNATEUR, Permission.OUVERTURE_URGENCE),
}


def actor(role, *words):
    return Actor(uuid7(), role, uuid7(), frozenset(words))


def everything(role):
    return permissions.granted(role, frozenset(item.value for item in Permission))


def test_eight_roles_each_with_its_words():
    assert set(ROLES) == set(Role)
    for profile in ROLES.values():
        assert profile.name[0].isupper()
        assert profile.description.endswith(".")
        assert profile.permissions
    for permission in Permission:
        assert permission.label[0].isupper()
        assert any(permission in everything(role) for role in Role), f"{permission} belongs to nobody"


def test_social_content_is_for_the_accompagnateur_alone():
    for role in Role:
        assert bool(everything(role) & CONTENT) is (role is Role.ACCOMPAGNATEUR)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_what_is_given_by_name_needs_role_and_name(role, permission):
    by_name = (role, permission) in NAMED
    assert (permission in ROLES[role].grantable) is by_name
    if by_name:
        assert not has(actor(role), permission)
        assert has(actor(role, permission.value), permission)
    else:
        brought = any(permission in BRINGS.get(item, ()) for item in ROLES[role].grantable)
        assert has(actor(role, permission.value), permission) is (permission in ROLES[role].permissions)
        assert has(actor(role, *ROLES[role].grantable), permission) is (
            brought or permission in ROLES[role].permissions
        )


def test_the_chef_signs_and_invites():
    chef = actor(Role.GESTIONNAIRE, "chef_entreprise")
    for permission in (Permission.DECLARATION_SIGNER, Permission.UTILISATEUR_INVITER, Permission.AMENAGEMENT_DECIDER):
        assert has(chef, permission)
        assert not has(actor(Role.GESTIONNAIRE), permission)


def test_an_unknown_word_is_refused_with_the_nearest():
    with pytest.raises(UnknownPermission, match=r"Did you mean “frais.lire”\?"):
        has(actor(Role.GESTIONNAIRE), "frais.lires")
    with pytest.raises(UnknownPermission, match=r"is not a permission. See"):
        has(actor(Role.GESTIONNAIRE), "???")


def test_a_refusal_says_why_and_what_to_do():
    with pytest.raises(AccessDenied, match=r"Votre rôle \(secrétariat\).*lire le dossier social.*Demandez-le"):
        check(actor(Role.SECRETARIAT), Permission.DOSSIER_LIRE)
    check(actor(Role.ACCOMPAGNATEUR), Permission.DOSSIER_LIRE)


def test_a_role_is_only_given_what_it_may_have():
    permissions.check_grant(Role.GESTIONNAIRE, frozenset({"chef_entreprise"}))
    with pytest.raises(AccessDenied, match="ne se donne pas au rôle inspection"):
        permissions.check_grant(Role.INSPECTION, frozenset({"valider"}))
    with pytest.raises(UnknownPermission):
        permissions.check_grant(Role.INSPECTION, frozenset({"validre"}))
