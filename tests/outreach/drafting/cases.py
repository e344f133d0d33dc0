"""One request, vendor and sender per category, unsaved: drafting needs no database."""

from datetime import UTC, date, datetime

from crm.categories.catalogue import load_catalogue
from crm.models import Category, Company, Contact, Request
from outreach.briefs import read_brief
from outreach.models import Mailbox
from tests.outreach.briefs.examples import ENGLISH

TODAY = date(2026, 11, 21)
SENDER = Mailbox(
    from_name="Ella Whitfield",
    from_email="ella@desk.attache.example",
    sender_title="Executive Assistant",
)
VENDOR = Company(
    name="Hudson Air Charter",
    city="Teterboro",
    regions=["Northeast", "United States"],
    description="Light and midsize jets based at Teterboro, with the quickest desk on the field.",
    domain="hudsonair.example",
)
PRIYA = Contact(name="Priya Raman", role="Charter sales", company=VENDOR)
BRIEFS = {category: text for text, category, _ in reversed(ENGLISH)}


def category_row(slug: str) -> Category:
    data = load_catalogue()[slug].model_dump(mode="json")
    return Category(**{n: data[n] for n in ("slug", "name", "tier", "keywords", "fields")})


def request_for(slug: str) -> Request:
    text = BRIEFS[slug]
    reading = read_brief(
        text, today=TODAY, timezone="America/New_York", schemas=load_catalogue(), category=slug
    )
    return Request(
        text=text,
        category=category_row(slug),
        constraints=reading.constraints,
        currency=reading.currency or "USD",
        created_at=datetime(2026, 11, 21, 17, tzinfo=UTC),
    )
