"""Gathers the records a draft may draw on: request, vendor, contact, sender."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from crm.categories.schema import FieldType
from crm.categories.wording import facts_in_words
from crm.models import Company, Contact, Request
from outreach.drafting.marks import Sources
from outreach.models import Mailbox


def sources_for(
    request: Request,
    vendor: Company | None,
    contact: Contact | None,
    sender: Mailbox,
    *,
    extra: Iterable[str] = (),
) -> Sources:
    """Everything known that a message to this vendor may say; `extra` adds texts as they stand."""
    texts = [request.text, request.summary, request.client_name]
    texts += _request_words(request)
    texts += [sender.from_name, sender.sender_title, sender.from_email]
    if vendor:
        texts += [vendor.name, vendor.description, vendor.city, *map(str, vendor.regions)]
        texts += [vendor.domain or ""]
    if contact:
        texts += [contact.name, contact.role]
    dates, months = _dates(request)
    return Sources(
        texts=tuple(t for t in (*texts, *extra) if t),
        today=_asked_on(request),
        dates=tuple(dates),
        months=tuple(months),
        places=tuple(_places(request, vendor)),
        currency=request.currency,
        day_first=not request.timezone.startswith(("America/", "US/")),
    )


def _asked_on(request: Request) -> date:
    moment = request.created_at or timezone.now()
    return moment.astimezone(ZoneInfo(request.timezone)).date()


def _request_words(request: Request) -> list[str]:
    if request.category is None:
        return [str(value) for value in request.constraints.values()]
    schema = request.category.schema
    facts = facts_in_words(schema, request.constraints, use="brief", currency=request.currency)
    words = [f"{fact.label}: {fact.text}" for fact in facts]
    words += [spec.label for spec in schema.fields]
    return [schema.name, *schema.keywords, *words, *_plain(request.constraints.values())]


def _plain(values: Iterable[Any]) -> list[str]:
    return [str(value) for value in values if not isinstance(value, bool)]


def _dates(request: Request) -> tuple[list[date], list[str]]:
    dates, months = [], []
    for value in map(str, request.constraints.values()):
        try:
            dates.append(date.fromisoformat(value))
        except ValueError:
            if len(value) == 7 and value[4] == "-":
                months.append(value)
    return dates, months


def _places(request: Request, vendor: Company | None) -> list[str]:
    places = []
    if request.category:
        wanted = {FieldType.AIRPORT, FieldType.PLACE}
        names = [s.name for s in request.category.schema.fields if s.type in wanted]
        places = [str(request.constraints[n]) for n in names if request.constraints.get(n)]
    if vendor:
        places += [vendor.city, *map(str, vendor.regions)]
    return [place for place in places if place]
