"""Cursor pages: newest first, stable while rows come and go, bounded in size."""

import base64
import binascii
import uuid
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Model, Q, QuerySet
from ninja import Query, Schema
from ninja.errors import ValidationError
from pydantic import Field

LARGEST = 100


class PageQuery(Schema):
    """What every list understands."""

    limit: int = Field(25, ge=1, le=LARGEST, description="Rows a page.")
    cursor: str = Field("", max_length=200, description="`next_cursor` of the page before.")


Paging = Annotated[PageQuery, Query(...)]


def page(rows: QuerySet[Any], query: PageQuery) -> dict[str, Any]:
    """One page as `{"items": […], "next_cursor": …}`; rows need `created_at` and a UUID key."""
    rows = rows.order_by("-created_at", "-id")
    if query.cursor:
        at, key = _decode(query.cursor)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=key))
    found = list(rows[: query.limit + 1])
    more = len(found) > query.limit
    items = found[: query.limit]
    return {"items": items, "next_cursor": _encode(items[-1]) if more else None}


def _encode(row: Model) -> str:
    place = f"{row.created_at.isoformat()}|{row.pk}"  # type: ignore[attr-defined]
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        at, _, key = place.partition("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment, uuid.UUID(key)
    except (ValueError, binascii.Error) as error:
        message = "This is no cursor of ours; take `next_cursor` from the page before."
        raise ValidationError([{"loc": ("query", "cursor"), "msg": message}]) from error
