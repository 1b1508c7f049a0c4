"""The rules of the norm, one by one, on our own invoices: silent on the sound one, named on the broken one."""

import re
from collections import Counter

import pytest

from clefdevoute.documents.factures import Decision
from clefdevoute.documents.factures.lecture import regles_brisees
from tests.documents.factures_familles import FAMILLES
from tests.documents.factures_ruptures import RUPTURES, Rupture
from tests.documents.test_factures_lecture import lue, rules

ENTETE = '<?xml version="1.0" encoding="UTF-8"?>\n'


def brisee(rupture: Rupture) -> bytes:
    text, found = re.subn(rupture.avant, rupture.apres, FAMILLES[rupture.famille].ecrit(), count=1, flags=re.DOTALL)
    assert found == 1, "la coupe ne trouve rien à couper"
    return (ENTETE + text).encode()


@pytest.mark.parametrize("rupture", RUPTURES, ids=lambda one: one.regle)
def test_a_rule_is_silent_until_it_is_broken(rupture):
    assert rupture.regle not in regles_brisees((ENTETE + FAMILLES[rupture.famille].ecrit()).encode())
    assert rupture.regle in regles_brisees(brisee(rupture))


@pytest.mark.parametrize("rupture", [one for one in RUPTURES if one.regle.endswith("-10")], ids=lambda one: one.regle)
def test_a_broken_rule_hides_no_invoice(rupture):
    content = brisee(rupture)
    assert lue(content).decision is Decision.WARN
    assert rupture.regle in rules(content)


def test_each_family_of_rules_has_its_breaks():
    families = Counter(re.sub(r"-?\d+$", "", one.regle) for one in RUPTURES)
    assert families.keys() >= {
        "BR", "BR-CL", "BR-CO", "BR-DEC", "BR-S", "BR-Z", "BR-E", "BR-AE", "BR-IC", "BR-G", "BR-O", "BR-AF", "BR-AG",
        "BR-B",
    }  # fmt: skip
    assert len({one.regle for one in RUPTURES}) > 120
