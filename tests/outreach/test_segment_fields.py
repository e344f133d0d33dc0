"""People chosen by what was said and heard: each field over all of somebody's threads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crm.models import Contact
from crm.segments import compile as compiler
from crm.segments.definition import DefinitionError, parse
from crm.segments.known import read_known
from crm.segments.registry import find as field
from crm.segments.words import in_words
from outreach.models import Campaign, Conversation, Enrollment, Message, MessageReading
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def found(field: str, op: str, value: Any = None) -> set[str]:
    group = parse({"conditions": [{"field": field, "op": op, "value": value}]})
    return set(compiler.find(group, now=NOW).values_list("name", flat=True))


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign(status="active", name="Spring")


def thread(name: str, campaign: Campaign, **changes: Any) -> Enrollment:
    contact, _made = Contact.objects.get_or_create(name=name)
    return Enrollment.objects.create(campaign=campaign, contact=contact, **changes)


def test_not_contacted_counts_every_thread_and_those_never_written_to(campaign: Campaign) -> None:
    other = make_campaign(status="completed", name="Winter")
    thread("Ann", campaign, last_outbound_at=NOW - 90 * DAY)
    thread("Ann", other, last_outbound_at=NOW - 3 * DAY)
    thread("Bob", campaign, last_outbound_at=NOW - 61 * DAY)
    Contact.objects.create(name="Cy")
    assert found("outreach.contacted", "not_in_last", 60) == {"Bob", "Cy"}
    assert found("outreach.contacted", "in_last", 60) == {"Ann"}
    assert found("outreach.contacted", "empty") == {"Cy"}
    assert found("outreach.contacted", "filled") == {"Ann", "Bob"}
    assert found("outreach.contacted", "before", "2026-05-01") == {"Bob"}
    assert found("outreach.contacted", "after", "2026-05-01") == {"Ann"}


def test_no_active_campaign(campaign: Campaign) -> None:
    over = make_campaign(status="cancelled", name="Over")
    thread("Ann", campaign, status="active")
    thread("Bob", campaign, status="stopped")
    thread("Cy", over, status="active")
    assert found("outreach.active", "is", True) == {"Ann"}
    assert found("outreach.active", "is", False) == {"Bob", "Cy"}
    assert found("outreach.campaign", "is", str(campaign.pk)) == {"Ann", "Bob"}
    assert found("outreach.campaign", "is_not", "Spring") == {"Cy"}


def test_what_a_mail_met_with(campaign: Campaign) -> None:
    for name, change in (("Ann", {"opened_at": NOW - DAY}), ("Bob", {"bounced_at": NOW - DAY})):
        one = thread(name, campaign)
        Message.objects.create(enrollment=one, campaign=campaign, direction="outbound", **change)
    assert found("outreach.opened", "filled") == {"Ann"}
    assert found("outreach.opened", "empty") == {"Bob"}
    assert found("outreach.bounced", "in_last", 7) == {"Bob"}


def heard(name: str, campaign: Campaign, intent: str, at: datetime, corrected: str = "") -> None:
    one = thread(name, campaign)
    reply = Message.objects.create(enrollment=one, campaign=campaign, direction="inbound")
    MessageReading.objects.create(
        message=reply, intent=intent, corrected_intent=corrected, sentiment="neutral", score=0,
        confidence=1, engine="rules",
    )  # fmt: skip
    Conversation.objects.create(
        enrollment=one, state="replied", intent=corrected or intent, last_reply_at=at
    )


def test_the_last_intent_is_that_of_the_newest_conversation(campaign: Campaign) -> None:
    other = make_campaign(status="active", name="Autumn")
    heard("Ann", campaign, "interested", NOW - 9 * DAY)
    heard("Ann", other, "not_interested", NOW - DAY)
    heard("Bob", campaign, "interested", NOW, corrected="question")
    heard("Cy", campaign, "question", NOW, corrected="interested")
    assert found("outreach.intent", "is", "interested") == {"Cy"}
    assert found("outreach.intent", "one_of", ["Not interested"]) == {"Ann"}
    assert found("outreach.interested", "is", True) == {"Ann", "Cy"}


def test_a_campaign_that_is_gone_is_named(campaign: Campaign) -> None:
    gone = str(campaign.pk)
    campaign.delete()
    for value in (gone, "x" * 36, "Spring"):
        with pytest.raises(DefinitionError, match="there is no"):
            found("outreach.campaign", "is", value)


def test_it_is_told_in_words_and_values(campaign: Campaign) -> None:
    one = thread("Ann", campaign, last_outbound_at=NOW - 3 * DAY, status="active")
    group = parse({"conditions": [
        {"field": "outreach.contacted", "op": "not_in_last", "value": 60},
        {"field": "outreach.campaign", "op": "is_not", "value": str(campaign.pk)},
        {"field": "outreach.active", "op": "is", "value": False}]})  # fmt: skip
    assert in_words(group) == (
        "Not written to in the last 60 days, and has never been in the campaign “Spring”, and "
        "is in no active campaign"
    )
    asked = [field("outreach.contacted"), field("outreach.campaign"), field("outreach.active")]
    known = read_known([one.contact_id], [one for one in asked if one])
    assert known[one.contact_id] == {
        "outreach.contacted": "2026-06-12", "outreach.campaign": ["Spring"],
        "outreach.active": True,
    }  # fmt: skip
