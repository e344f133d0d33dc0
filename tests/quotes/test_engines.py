"""Rules and model made one: what both say stands, what they differ on is for a person."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outreach.inbound.reply_text import split_reply
from outreach.models import Campaign, Enrollment, Message
from quotes.engines import merged, understand
from quotes.extraction.case import Evidence, ExtraRead, OptionRead, QuoteReading
from quotes.offers import compare
from quotes.reading import read_reply
from quotes.understood import typed


def reading(kind: str = "quote", **values: Any) -> QuoteReading:
    made = QuoteReading(kind=kind)
    for name, value in values.items():
        made.put(name, value, Evidence(str(value), 0, len(str(value))), 0.9)
    return made


def test_agreement_adds_no_reason_and_fills_what_the_rules_did_not_find() -> None:
    rules = reading(price=Decimal(42000), currency="USD")
    model = reading(
        price=Decimal(42000), currency="USD", deposit="10%", expiration_date=date(2026, 3, 1),
        seats=7,
    )  # fmt: skip
    both = merged(rules, model)
    assert both.reasons == []
    assert (both.deposit, both.expiration_date, both.fields) == (
        "10%",
        date(2026, 3, 1),
        {"seats": 7},
    )
    assert both.evidence["seats"].text == "7"


def test_what_the_rules_found_is_not_written_over() -> None:
    both = merged(
        reading(price=Decimal(1), currency="USD", deposit="50%"),
        reading(price=Decimal(1), currency="USD", deposit="10%"),
    )
    assert both.deposit == "50%"


@pytest.mark.parametrize(
    ("rules", "model", "reason"),
    [
        (
            reading(price=Decimal(42000), currency="USD"),
            reading(price=Decimal(24000), currency="USD"),
            "The rules read $42,000, the model $24,000.",
        ),
        (
            reading(price=Decimal(42000), currency="USD"),
            reading(price=Decimal(42000), currency="EUR"),
            "The rules read $42,000, the model €42,000.",
        ),
        (
            reading(),
            reading(price=Decimal(900), currency="EUR"),
            "The rules read no price, the model €900.",
        ),
        (reading(), reading("decline"), "The rules read “quote”, the model “decline”."),
    ],
)
def test_a_disagreement_on_what_matters_asks_a_person(
    rules: QuoteReading, model: QuoteReading, reason: str
) -> None:
    assert merged(rules, model).reasons == [reason]


def test_a_cents_difference_in_rounding_is_no_disagreement() -> None:
    both = merged(
        reading(price=Decimal("2932.50"), currency="USD"),
        reading(price=Decimal("2932.00"), currency="USD"),
    )
    assert both.reasons == []


def test_a_quote_without_a_price_is_for_a_person() -> None:
    assert typed(reading(), "rules").reasons == ("It reads like a quote, but no price was found.",)
    assert typed(reading("decline"), "rules").reasons == ()


def test_what_no_column_holds_is_left_out_and_asked_about() -> None:
    huge = reading(price=Decimal(10) ** 20, currency="USD", deposit="x" * 500)
    huge.extras = [ExtraRead("y" * 500, Decimal(10) ** 20, Decimal(5))]
    huge.options = [OptionRead("Big", Decimal(10) ** 20)]
    understood = typed(huge, "rules")
    assert understood.values.price is None
    assert "is no plausible price." in understood.reasons[0]
    (extra,) = understood.values.extras
    assert (len(extra.label), extra.amount, extra.percent) == (200, None, 5)
    assert understood.values.options == ()
    assert len(understood.values.deposit) == 120


def test_numbers_become_json() -> None:
    understood = typed(reading("question", carat=Decimal("4.37"), seats=Decimal(7)), "rules")
    assert understood.values.fields == {"carat": 4.37, "seats": 7}


HTML = """<p>We can offer a <b>CJ3+</b> for <b>$42,000</b>, all taxes included, valid until
March 20, 2027.</p><blockquote>We have a budget of $30,000.</blockquote>"""


def test_evidence_stands_in_the_stored_body_of_a_mail_with_html_only(
    vendor: Callable[..., Enrollment], reply: Callable[..., Message]
) -> None:
    split = split_reply("", HTML)
    message = reply(vendor("A"), split.body, body_html=HTML)
    message.refresh_from_db()
    understood = understand(message)
    assert (understood.values.kind, understood.values.price) == ("quote", 42000)
    assert understood.engine == "rules"
    for span in understood.evidence.values():
        source = message.subject if span["source"] == "subject" else message.body
        assert source[span["start"] : span["end"]] == span["text"]


def test_our_own_earlier_words_are_no_offer(
    vendor: Callable[..., Enrollment], reply: Callable[..., Message]
) -> None:
    body = (
        "Hello Ella,\n\nthe price is $42,000 in total.\n\nDana\n\n"
        "On Mon, Mar 9, 2026 at 3:20 PM Ella <ella@desk.example> wrote:\n\n> We have $30,000.\n"
    )
    message = reply(vendor("A"), body, body_html="<p>the same, prettier</p>")
    assert understand(message).values.price == 42000


def test_a_reply_goes_all_the_way_to_the_comparison(
    vendor: Callable[..., Enrollment], reply: Callable[..., Message], campaign: Campaign
) -> None:
    thread = vendor("TurnKey Jets")
    body = (
        "Hi Ella,\n\nWe can do it for $42,000 total, all taxes and fees included, on a CJ3+ "
        "with 7 seats. The aircraft is available.\n\nDana"
    )
    quote = read_reply(reply(thread, body).pk)
    assert quote is not None
    assert (quote.status, quote.price, quote.currency) == ("current", 42000, "USD")
    best = compare(campaign).best
    assert best is not None
    assert best.row.facts.vendor == "TurnKey Jets"


def test_low_confidence_on_what_decides_is_for_a_person() -> None:
    unsure = reading(price=Decimal(5), currency="USD", deposit="10%")
    unsure.confidence |= {"currency": 0.5, "expiration_date": 0.5, "deposit": 0.1}
    assert typed(unsure, "rules").reasons == ("Not sure about the currency and how long it holds.",)
    unsure.confidence = {"price": 0.5}
    assert typed(unsure, "rules").reasons == ("Not sure about the price.",)
    unsure.reasons = ["Several amounts could be the price."]
    assert typed(unsure, "rules").reasons == ("Several amounts could be the price.",)
