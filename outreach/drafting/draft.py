"""Writes one draft to one vendor: by the model where one is set up, else by the templates."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from crm.categories.wording import Fact, facts_in_words, headline, write_date
from crm.models import Company, Contact, Request
from crm.vendors import places_of
from outreach.choices import Channel
from outreach.drafting.by_model import ask_for_draft
from outreach.drafting.fact_check import check_facts
from outreach.drafting.leftovers import find_leftovers
from outreach.drafting.marks import FactMark, Sources
from outreach.drafting.personal import greet, why_this_vendor
from outreach.drafting.sources import sources_for
from outreach.drafting.templates import DraftTemplateError, layout_for, opening_for, render
from outreach.errors import NothingToSend
from outreach.models import Mailbox

Purpose = Literal["rfq", "follow_up"]
LAYOUTS = {
    Channel.WHATSAPP: "whatsapp",
    Channel.SMS: "whatsapp",
    Channel.PHONE: "phone",
    Channel.WEB_FORM: "web_form",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft ready for review; marks say what no record backs, `engine` who wrote it."""

    subject: str
    body: str
    fact_marks: list[FactMark] = field(default_factory=list)
    engine: str = "template"


@dataclass(frozen=True, slots=True)
class Follow:
    """Which follow-up this is, from 1, and when the first message went out."""

    number: int = 1
    asked_on: date | None = None


def draft_message(
    request: Request,
    vendor: Company | None,
    contact: Contact,
    sender: Mailbox,
    channel: str,
    purpose: Purpose = "rfq",
    *,
    follow: Follow | None = None,
    campaign_id: uuid.UUID | None = None,
) -> Draft:
    """A personal draft with all facts of the request, checked against the records.

    Raises NothingToSend without a category, DraftTemplateError for a broken template. The model
    is asked outside any transaction only; what it writes must be complete and clean, or the
    template is used.
    """
    if request.category is None:
        raise NothingToSend("The request has no category yet; choose one before drafting.")
    follow = follow or (Follow() if purpose == "follow_up" else None)
    values = _values(request, vendor, contact, sender, follow)
    extra = [write_date(follow.asked_on.isoformat())] if follow and follow.asked_on else []
    sources = sources_for(request, vendor, contact, sender, extra=extra)
    if channel == Channel.EMAIL:
        written = ask_for_draft(
            values, request.category.name, campaign_id=campaign_id, contact_id=contact.pk
        )
        if written:
            return _checked(written.subject, written.body, sources, written.engine)
    subject, body = _by_template(request, values, channel, follow)
    problems = find_leftovers(subject, body, needs_subject=channel == Channel.EMAIL)
    if problems:
        raise DraftTemplateError(f"The draft for {vendor or contact} is not fit: {problems[0]}")
    return _checked(subject, body, sources, "template")


def _checked(subject: str, body: str, sources: Sources, engine: str) -> Draft:
    return Draft(subject, body, check_facts(subject, body, sources), engine)


def _values(
    request: Request,
    vendor: Company | None,
    contact: Contact,
    sender: Mailbox,
    follow: Follow | None,
) -> dict[str, Any]:
    assert request.category is not None
    schema = request.category.schema
    opening = opening_for(request.category.slug)
    facts = facts_in_words(schema, request.constraints, currency=request.currency)
    line = headline(schema, request.constraints) or request.category.name
    return {
        "greeting": greet(contact, vendor),
        "vendor": {
            "name": vendor.name if vendor else "",
            "description": vendor.description if vendor else "",
        },
        "contact": {"name": contact.name, "role": contact.role},
        "sender": {
            "name": sender.from_name, "title": sender.sender_title, "email": sender.from_email
        },
        "opening": opening.text,
        "ask": opening.ask,
        "headline": line,
        "subject": render(opening.subject, {"headline": line}),
        "facts": _or_words(facts, request),
        "why_you": why_this_vendor(vendor, request.category.name, places_of(request)),
        "number": follow.number if follow else 0,
        "asked_on": _asked_on(follow),
    }  # fmt: skip


def _or_words(facts: Sequence[Fact], request: Request) -> list[Fact]:
    """The structured facts; the client's own words where nothing could be structured."""
    return list(facts) or [Fact("text", "Request", " ".join(request.text.split())[:600])]


def _asked_on(follow: Follow | None) -> str:
    if follow is None or follow.asked_on is None:
        return ""
    return f" on {write_date(follow.asked_on.isoformat())}"


def _by_template(
    request: Request, values: dict[str, Any], channel: str, follow: Follow | None
) -> tuple[str, str]:
    assert request.category is not None
    subject = values["subject"]
    own = request.category.draft_template.strip()
    if follow and channel == Channel.EMAIL:
        return f"Re: {subject}", render(layout_for("follow_up"), values)
    layout = LAYOUTS.get(Channel(channel))
    if layout:
        return (subject if channel == Channel.WEB_FORM else ""), render(layout_for(layout), values)
    return subject, render(own or layout_for("email"), values)
