"""Makes a request out of a client's text, or reads a changed text again."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone as clock

from compliance import audit
from crm.categories.schema import CategorySchema
from crm.categories.wording import headline
from crm.choices import Tier
from crm.models import Category, Request
from outreach.briefs.by_model import improve
from outreach.briefs.reader import read_brief
from outreach.briefs.reading import LONGEST, BriefReading
from outreach.errors import OutreachError

# What reading a text fills in; the rest of a request is for people to say.
READ_FIELDS = (
    "text", "category", "tier", "constraints", "missing", "problems", "currency", "language",
    "summary", "reading", "updated_at",
)  # fmt: skip


class BadBriefError(OutreachError):
    """A brief that cannot be taken: too long, or with an unknown tier or time zone."""


def create_request(
    text: str,
    *,
    actor: str,
    client_name: str = "",
    tier: str | None = None,
    category: str | None = None,
    timezone: str | None = None,
    created_by: Any = None,
    pk: UUID | None = None,
) -> Request:
    """Understand a brief and store it, however little was understood: what is missing is asked.

    `category` and `tier` overrule the reading. Asked twice for the same `pk`, it gives the
    request that is stored already. Raises BadBriefError for a text without words or of more than
    10,000 characters, an unknown tier or an unknown time zone. Not to be called inside a
    transaction where a model is configured: the model is asked before anything is stored.
    """
    zone = timezone or settings.TIME_ZONE
    _check_words(text)
    _check(text, tier, zone)
    if pk and (known := Request.objects.filter(pk=pk).first()):
        return known
    reading = _read(text, zone, category, tier)
    request = Request(
        pk=pk or uuid4(),
        client_name=client_name.strip()[:160],
        timezone=zone,
        created_by=created_by,
    )
    try:
        with transaction.atomic():
            _fill(request, text, reading)
            request.save(force_insert=True)
            audit.append(
                "request.created", request, actor=actor,
                data={"category": reading.category, "engine": reading.engine},
            )  # fmt: skip
    except IntegrityError:
        if pk is None:
            raise
        return Request.objects.get(pk=pk)  # the same was asked a moment earlier
    return request


def understand(text: str, *, category: str | None = None) -> Request:
    """What a brief would become, unsaved; by the rules alone, for showing while it is typed."""
    zone = settings.TIME_ZONE
    _check(text, None, zone)
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    reading = read_brief(
        text, today=today, timezone=zone, schemas=active_schemas(), category=category
    )
    request = Request(timezone=zone)
    _fill(request, text, reading)
    return request


def reread_request(
    request: Request, *, actor: str, text: str | None = None, category: str | None = None
) -> Request:
    """Read a request's text again, after the text changed or a person chose the category.

    What was understood before is replaced, corrections by hand too; drafts already made stay as
    they are. Raises BadBriefError for a text without words or too long, or a category not in use.
    Not to be called inside a transaction, as `create_request`.
    """
    words = request.text if text is None else text
    chosen = category or (request.category.slug if request.category else None)
    _check_words(words)
    if category and not Category.objects.filter(slug=category, active=True).exists():
        raise BadBriefError(f"There is no category “{category[:40]}” in use.")
    _check(words, request.tier, request.timezone)
    reading = _read(words, request.timezone, chosen, request.tier)
    with transaction.atomic():
        _fill(request, words, reading)
        request.save(update_fields=READ_FIELDS)
        audit.append("request.reread", request, actor=actor, data={"category": reading.category})
    return request


def active_schemas() -> dict[str, CategorySchema]:
    """The schemas staff may have edited, by slug, of the categories in use."""
    return {row.slug: row.schema for row in Category.objects.filter(active=True)}


def _check_words(text: str) -> None:
    if not any(letter.isalnum() for letter in text):
        raise BadBriefError("Say in a sentence what is wanted; the text is empty.")


def _check(text: str, tier: str | None, zone: str) -> None:
    if len(text) > LONGEST:
        raise BadBriefError(
            f"The brief has {len(text):,} characters; at most {LONGEST:,} are read. Shorten it."
        )
    if tier and tier not in Tier.values:
        raise BadBriefError(f"There is no tier “{tier[:40]}”; use {', '.join(Tier.values)}.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadBriefError(f"There is no time zone “{zone[:40]}”.") from error


def _read(text: str, zone: str, category: str | None, tier: str | None) -> BriefReading:
    schemas = active_schemas()
    today: date = clock.now().astimezone(ZoneInfo(zone)).date()
    reading = read_brief(
        text, today=today, timezone=zone, schemas=schemas, category=category, tier=tier
    )
    return improve(reading, today=today, timezone=zone, schemas=schemas)


def _fill(request: Request, text: str, reading: BriefReading) -> None:
    category = Category.objects.filter(slug=reading.category).first()
    request.text = text.replace("\x00", "")
    request.category = category
    request.tier = reading.tier
    request.constraints = reading.constraints
    request.missing = reading.missing_as_data()
    request.problems = reading.problems
    request.currency = reading.currency or request.currency
    request.language = reading.language
    request.summary = _summary(category, reading)
    request.reading = {
        "engine": reading.engine,
        "category_confidence": reading.category_confidence,
        "evidence": {name: asdict(found) for name, found in reading.evidence.items()},
        "notes": reading.notes,
    }


def _summary(category: Category | None, reading: BriefReading) -> str:
    line = headline(category.schema, reading.constraints) if category else ""
    words = " ".join(reading.text.split())
    return (f"{category.name}: {line}" if category and line else words)[:300]
