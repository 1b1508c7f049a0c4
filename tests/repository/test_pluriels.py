"""Counted sentences agree as French has it: zero in the singular."""

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext
from scripts.pluriels import in_template, pairs


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair[0][:40])
def test_every_counted_sentence_has_the_french_rule(pair):
    singular, plural = pair
    remedy = "le catalogue n'est plus à jour : lancez « python scripts/pluriels.py »"
    assert [ngettext(singular, plural, n) for n in (0, 1, 2)] == [singular, singular, plural], remedy


def test_a_page_counts_nothing_in_the_singular():
    one, many = next(pair for pair in pairs() if pair[0].startswith("%(n)s ") and pair[0].count("%(") == 1)
    written = [phrase.replace("%(n)s", "{{ n }}") for phrase in (one, many)]
    block = f"{{% blocktranslate count n=found %}}{written[0]}{{% plural %}}{written[1]}{{% endblocktranslate %}}"
    said = Template(f"{{% load i18n %}}{block}")
    shown = [said.render(Context({"found": n})) for n in (0, 1, 2)]
    assert shown == [phrase % {"n": n} for n, phrase in enumerate((one, one, many))]


def test_blocks_are_read_as_the_engine_reads_them():
    source = """<c-head lede="{% blocktranslate trimmed count n=a with b=c|d %}
      {{ n }} part
      à 5 % de {{ b }}{% plural %}{{ n }} parts{% endblocktranslate %}" />
      {% blocktranslate %}une{% endblocktranslate %}"""
    assert list(in_template(source)) == [("%(n)s part à 5 %% de %(b)s", "%(n)s parts")]
