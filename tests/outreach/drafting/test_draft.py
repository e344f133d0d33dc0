"""Template drafts: every fact, personal, nothing invented, nothing left over."""

from datetime import date

import pytest

from crm.categories.wording import facts_in_words
from crm.models import Contact
from outreach.choices import Channel
from outreach.drafting.draft import Follow, draft_message
from outreach.drafting.leftovers import find_leftovers
from outreach.drafting.templates import DraftTemplateError
from outreach.errors import NothingToSend
from tests.outreach.drafting.cases import BRIEFS, PRIYA, SENDER, VENDOR, request_for

CHANNELS = [Channel.EMAIL, Channel.WHATSAPP, Channel.PHONE, Channel.WEB_FORM]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("slug", sorted(BRIEFS))
def test_a_draft_says_all_facts_and_nothing_unbacked(slug: str, channel: str) -> None:
    request = request_for(slug)
    draft = draft_message(request, VENDOR, PRIYA, SENDER, channel)
    assert draft.fact_marks == []
    assert find_leftovers(draft.subject, draft.body, needs_subject=channel == "email") == []
    for fact in facts_in_words(request.category.schema, request.constraints, currency="USD"):
        assert fact.text in draft.body
    assert ("Hudson Air Charter" if channel == "web_form" else "Priya") in draft.body
    assert "Ella Whitfield" in draft.body


@pytest.mark.parametrize("slug", sorted(BRIEFS))
def test_an_email_has_a_telling_subject(slug: str) -> None:
    draft = draft_message(request_for(slug), VENDOR, PRIYA, SENDER, Channel.EMAIL)
    assert "request: " in draft.subject
    assert len(draft.subject) < 160


def test_the_jet_draft_reads_like_an_assistant_wrote_it() -> None:
    draft = draft_message(request_for("private_jet"), VENDOR, PRIYA, SENDER, Channel.EMAIL)
    assert draft.subject == (
        "Charter request: Teterboro (TEB) to Aspen (ASE), March 15, 2027, 4 passengers"
    )
    assert "- Departure date: Monday, March 15, 2027" in draft.body
    assert "because you serve the Northeast" in draft.body
    assert draft.body.endswith("Ella Whitfield\nExecutive Assistant")


def test_the_budget_is_not_told_to_vendors() -> None:
    draft = draft_message(request_for("jewelry"), VENDOR, PRIYA, SENDER, Channel.EMAIL)
    assert "budget" not in draft.body.lower()


def test_a_role_mailbox_is_greeted_as_the_team() -> None:
    contact = Contact(name="", role="Charter desk", company=VENDOR)
    draft = draft_message(request_for("private_jet"), VENDOR, contact, SENDER, Channel.EMAIL)
    assert draft.body.startswith("Hello Hudson Air Charter team,")


def test_a_titled_person_is_greeted_with_the_title() -> None:
    contact = Contact(name="Dr. Anna Weber", company=VENDOR)
    draft = draft_message(request_for("medical_concierge"), VENDOR, contact, SENDER, "email")
    assert draft.body.startswith("Hello Dr. Weber,")


def test_talking_points_are_bullets_and_whatsapp_is_short() -> None:
    request = request_for("private_jet")
    phone = draft_message(request, VENDOR, PRIYA, SENDER, Channel.PHONE).body
    chat = draft_message(request, VENDOR, PRIYA, SENDER, Channel.WHATSAPP).body
    email = draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL).body
    assert all(line.startswith("- ") for line in phone.splitlines())
    assert len(chat) < len(email)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_follow_ups_differ_and_keep_the_subject(number: int) -> None:
    request = request_for("private_jet")
    follow = Follow(number, date(2026, 11, 23))
    draft = draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL, "follow_up", follow=follow)
    first = draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL)
    other = draft_message(
        request, VENDOR, PRIYA, SENDER, Channel.EMAIL, "follow_up", follow=Follow(number % 3 + 1)
    )
    assert draft.subject == f"Re: {first.subject}"
    assert draft.body != other.body
    assert draft.fact_marks == []


def test_staff_may_replace_the_template_text() -> None:
    request = request_for("private_jet")
    request.category.draft_template = "Dear {{ greeting }}, {{ headline }}? {{ sender.name }}"
    draft = draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL)
    assert draft.body.startswith("Dear Priya, Teterboro (TEB) to Aspen (ASE)")


@pytest.mark.parametrize(
    "template", ["Hello {{ nobody }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "Hi [Name]"]
)
def test_a_broken_template_is_refused_with_words(template: str) -> None:
    request = request_for("private_jet")
    request.category.draft_template = template
    with pytest.raises(DraftTemplateError):
        draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL)


def test_a_request_without_a_category_cannot_be_drafted() -> None:
    request = request_for("private_jet")
    request.category = None
    with pytest.raises(NothingToSend):
        draft_message(request, VENDOR, PRIYA, SENDER, Channel.EMAIL)
