"""A forwarded offer counts where a colleague of the vendor wrote it, and nowhere else."""

from datetime import UTC, datetime

import pytest

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import ReplyCase
from quotes.extraction.engine import read_quote

NOW = datetime(2026, 5, 13, 15, 0, tzinfo=UTC)


def forwarded(writer: str, sender: str = "Erik <erik@nordstol.example>") -> ReplyCase:
    text = (
        "See the offer from our warehouse below.\n\n---------- Forwarded message ---------\n"
        f"From: {writer}\nDate: Wed, 13 May 2026 at 10:32\nSubject: chairs\nTo: Erik\n\n"
        "30 chairs, total EUR 7,350 excl. VAT. Valid until 30 May.\n"
    )
    return ReplyCase(
        load_catalogue()["office_furniture"], {"quantity": 30}, NOW, "Re: chairs", text,
        sender=sender,
    )  # fmt: skip


def test_what_a_colleague_offered_is_the_vendor_s_offer() -> None:
    reading = read_quote(forwarded("Karin <karin@nordstol.example>"))
    assert reading.price == 7350
    span = reading.evidence["price"]
    assert reading.body[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "writer",
    ["Ella <ella@desk.example>", "Erik <erik@nordstol.example>", "somebody without an address"],
)
def test_what_others_wrote_or_they_wrote_before_is_history(writer: str) -> None:
    assert read_quote(forwarded(writer)).price is None


def test_sharing_a_free_mail_service_makes_no_colleagues() -> None:
    assert read_quote(forwarded("A <a@gmail.com>", "B <b@gmail.com>")).price is None
