"""A model's reading: used only where the vendor's own words bear it out."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from crm.categories.schema import FieldSpec, FieldType
from outreach.models import AiRun, Campaign
from quotes.extraction.case import ReplyCase
from quotes.model_reading import ModelQuote, check_answer, read_with_model
from quotes.own_words import own_words

TEXT = """Hi Ella,

June 6 works: $34.50 a person for the 85 of you,
tax 8.975% extra. Seven seats in the van, good till May 8.

Hollis

On Mon, Mar 9, 2026 at 3:20 PM Ella <ella@desk.example> wrote:

> Last year we paid $3,000 for this.
"""
SPECS = [FieldSpec(name="seats", label="Seats", type=FieldType.INTEGER)]


@pytest.fixture
def case() -> ReplyCase:
    return ReplyCase(None, {}, datetime(2026, 3, 9, 16, tzinfo=UTC), "Re: picnic", TEXT)


def answer(**values: Any) -> ModelQuote:
    return ModelQuote.model_validate({"kind": "quote", **values})


def said(value: str, words: str) -> dict[str, str]:
    return {"value": value, "words": words}


def test_a_value_keeps_the_words_it_was_read_from(case: ReplyCase) -> None:
    reading = check_answer(
        answer(
            price=said("2932.50", "$34.50 a person for the 85 of you"),
            expiration_date=said("2026-05-08", "good till May 8"),
            fields=[{"name": "seats", "value": "7", "words": "Seven seats"}],
        ),
        own_words(case),
        SPECS,
    )
    assert (reading.price, reading.expiration_date) == (Decimal("2932.50"), date(2026, 5, 8))
    assert reading.fields == {"seats": 7}
    for name in ("price", "expiration_date", "seats"):
        span = reading.evidence[name]
        assert TEXT[span.start : span.end] == span.text


def test_words_broken_over_two_lines_are_found(case: ReplyCase) -> None:
    span = own_words(case).find("85 of you, tax 8.975% extra")
    assert span is not None
    assert TEXT[span.start : span.end] == "85 of you,\ntax 8.975% extra"


@pytest.mark.parametrize("words", ["$3,000", "we never said this", "", "Last year we paid"])
def test_words_that_are_not_the_vendors_carry_nothing(case: ReplyCase, words: str) -> None:
    reading = check_answer(answer(price=said("3000", words)), own_words(case), SPECS)
    assert (reading.price, reading.evidence) == (None, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("price", "about forty"),
        ("price", "-5"),
        ("currency", "dollars"),
        ("price_basis", "per_moon"),
        ("includes_tax", "maybe"),
        ("availability", "perhaps"),
        ("expiration_date", "next week"),
        ("expiration_date", "2026-02-31"),
    ],
)
def test_what_is_not_valid_is_not_used(case: ReplyCase, name: str, value: str) -> None:
    reading = check_answer(answer(**{name: said(value, "$34.50 a person")}), own_words(case), SPECS)
    assert getattr(reading, name) is None


def test_a_field_the_category_does_not_have_is_not_used(case: ReplyCase) -> None:
    fields = [
        {"name": "wings", "value": "2", "words": "Seven seats"},
        {"name": "seats", "value": "many", "words": "Seven seats"},
    ]
    assert check_answer(answer(fields=fields), own_words(case), SPECS).fields == {}


def test_a_price_worked_out_is_less_sure_than_one_written(case: ReplyCase) -> None:
    worked_out = check_answer(
        answer(price=said("2932.50", "$34.50 a person")), own_words(case), SPECS
    )
    written = check_answer(answer(price=said("34.50", "$34.50 a person")), own_words(case), SPECS)
    assert worked_out.confidence["price"] < written.confidence["price"]


def test_extras_and_options_need_their_words_too(case: ReplyCase) -> None:
    reading = check_answer(
        answer(
            extras=[
                {"label": "Sales tax", "percent": "8.975", "words": "tax 8.975% extra"},
                {"label": "Invented", "amount": "5", "words": "nothing of the kind"},
                {"label": "Odd", "amount": "lots", "words": "tax 8.975% extra"},
            ],
            options=[
                {"label": "Picnic", "price": "2932.50", "words": "$34.50 a person"},
                {"label": "Other", "price": "1", "words": "not there"},
            ],
        ),
        own_words(case),
        SPECS,
    )
    assert [(one.label, one.percent) for one in reading.extras] == [("Sales tax", Decimal("8.975"))]
    assert [one.label for one in reading.options] == ["Picnic"]


@pytest.fixture
def model(httpserver: HTTPServer, settings: Any) -> Callable[[dict[str, Any]], None]:
    """A model's server that answers as told."""
    settings.AI_BASE_URL = httpserver.url_for("/v1")
    settings.AI_MODEL = "tiny"
    settings.AI_API_KEY = "k"

    def answers(content: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": json.dumps(content)}
        httpserver.expect_request("/v1/chat/completions").respond_with_json(
            {
                "id": "1", "object": "chat.completion", "created": 1, "model": "tiny",
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18},
            }
        )  # fmt: skip

    return answers


def test_the_model_is_asked_with_the_vendors_words_only(
    case: ReplyCase, campaign: Campaign, model: Any, httpserver: HTTPServer
) -> None:
    model({"kind": "quote", "price": said("2932.50", "$34.50 a person")})
    found = read_with_model(case, request="Picnic", campaign_id=campaign.pk, contact_id=None)
    assert found is not None
    reading, name = found
    assert (reading.price, name) == (Decimal("2932.50"), "tiny")
    asked = httpserver.log[0][0].get_data(as_text=True)
    assert "Last year we paid" not in asked
    assert AiRun.objects.get().purpose == "read_quote"


def test_without_a_model_there_is_no_reading(case: ReplyCase, db: None) -> None:
    assert read_with_model(case, request="x", campaign_id=None, contact_id=None) is None
