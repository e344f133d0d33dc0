"""Fields told in everyday words, without their names; never a question, never over plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote
from quotes.extraction.fields.sayings import sayings

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def read(text: str, category: str, **constraints: Any) -> QuoteReading:
    return read_quote(ReplyCase(load_catalogue()[category], constraints, NOW, "Re: trip", text))


@pytest.mark.parametrize(
    ("category", "text", "field", "value"),
    [
        ("office_furniture", "$900. Our guys put them together.", "installation_included", True),
        ("printing", "£640. You fetch it, collection only.", "delivery_included", False),
        ("event_venue", "£4,200. It sits 110 at rounds.", "capacity_seated", 110),
        ("event_venue", "£4,200, or 180 if nobody sits.", "capacity_standing", 180),
        ("it_services", "$95 a seat. We lock in for a year.", "contract_term_months", 12),
        ("photography", "1 400 € HT, je viens seul.", "photographers", 1),
        ("security", "62 € die Stunde, drei Mann.", "agents", 3),
        ("security", "900 руб. в час, без оружия.", "armed", False),
    ],
)
def test_a_field_is_told_without_its_name(
    category: str, text: str, field: str, value: object
) -> None:
    found = read(text, category)
    assert found.fields[field] == value
    words = found.evidence[field]
    assert text[words.start : words.end] == words.text


def test_a_question_answers_nothing() -> None:
    found = read("£540 for the posies. Shall we drop them off at your door?", "floristry")
    assert "delivery_included" not in found.fields


def test_the_fields_own_words_go_before_any_saying() -> None:
    found = read("$900. Installation is not included, you put them together.", "office_furniture")
    assert found.fields["installation_included"] is False


def test_every_saying_is_about_a_field_that_some_category_has() -> None:
    known = {spec.name for schema in load_catalogue().values() for spec in schema.fields}
    assert set(sayings()) <= known
