"""The town's people ask, defer, refer, complain and opt out in three languages, and are read so."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from config.demo import moving_in
from config.demo.owners import TextBack, load_owners
from config.demo.town import load_town
from outreach.conversations.case import Intent, ReplyCase, ReplyReading
from outreach.conversations.classify import classify

NOW = datetime(2026, 11, 27, 16, tzinfo=UTC)
ASKED_FOR = (
    Intent.QUESTION,
    Intent.DEFERRAL,
    Intent.REFERRAL,
    Intent.COMPLAINT,
    Intent.OPT_OUT,
)


@dataclass(frozen=True)
class Answered:
    who: str
    channel: str
    text: str
    means: Intent
    context: str

    def read(self) -> ReplyReading:
        return classify(ReplyCase(self.text, NOW, channel=self.channel, context=self.context))


def vendors() -> list[Answered]:
    return [
        Answered(
            vendor.name,
            "email",
            answer.text.replace("{{ first }}", "Ella"),
            answer.means,
            f"Request for a quote to {vendor.contact} about {vendor.category}",
        )
        for vendor in load_town().vendor
        for answer in vendor.answers
        if answer.means and answer.text
    ]


def owners() -> list[Answered]:
    return [
        Answered(
            owner.name,
            "sms" if isinstance(back, TextBack) else "email",
            back.text.replace("{{ first }}", "Sam"),
            back.means,
            f"Message to {owner.name} about {moving_in.DRIP}",
        )
        for owner in load_owners().owner
        for back in (*owner.texts, *owner.mails)
        if back.means
    ]


@pytest.mark.parametrize("answered", [*vendors(), *owners()], ids=lambda one: one.who)
def test_each_is_read_as_it_is_meant(answered: Answered) -> None:
    reading = answered.read()
    stopped = reading.opt_out_verdict != "none"
    assert reading.intent == answered.means, (answered.text, reading)
    if answered.means == Intent.OPT_OUT:
        assert stopped
    elif answered.means != Intent.COMPLAINT:
        assert not stopped, reading.evidence


@pytest.mark.parametrize("people", [vendors, owners], ids=["vendors", "owners"])
def test_every_wish_is_heard_in_three_languages(people: object) -> None:
    said = {(one.means, one.read().language) for one in people()}  # type: ignore[operator]
    wanted = {(intent, language) for intent in ASKED_FOR for language in ("en", "es", "ru")}
    assert wanted <= said
