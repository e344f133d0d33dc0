"""Requests: say in free text what a client wants, and read back what was understood."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import ValidationError
from pydantic import Field, field_validator

from crm.choices import Tier
from crm.models import Category, Request
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, id_for, once_by_id
from outreach.api.pages import Paging, page
from outreach.api.shapes import Line, Text
from outreach.briefs.correct import BadFieldsError, correct_request
from outreach.briefs.create import create_request, reread_request
from outreach.briefs.reading import LONGEST

READ = ApiKeyAuth("requests:read", "crm.view_request")
WRITE = ApiKeyAuth("requests:write", "crm.add_request")
CHANGE = ApiKeyAuth("requests:write", "crm.change_request")
router = Router(tags=["Requests"])


class RequestIn(Schema):
    """What the client said; `tier` and `category` (a slug) overrule what is read from it."""

    text: Text = Field(max_length=LONGEST)
    client_name: Line = Field("", max_length=160)
    tier: Tier | None = None
    category: Line | None = Field(None, max_length=40)

    @field_validator("text")
    @classmethod
    def not_empty(cls, text: str) -> str:
        """A brief has at least a letter in it."""
        return _worded(text)


class RereadIn(Schema):
    """Other words of the client, or the category (a slug) it is to be read as, or both."""

    text: Text | None = Field(None, max_length=LONGEST)
    category: Line | None = Field(None, max_length=40)

    @field_validator("text")
    @classmethod
    def not_empty(cls, text: str | None) -> str | None:
        """A brief has at least a letter in it."""
        return text if text is None else _worded(text)


class CorrectIn(Schema):
    """Values by the category's brief fields (null empties one), and which `problems` are settled.

    Dates as "2027-03-15", hours as "16:00", airports as a code or a city, money as an amount in
    the request's currency.
    """

    constraints: dict[str, Line | int | float | bool | None] = Field(
        default_factory=dict, max_length=100
    )
    settled: list[Text] = Field(default_factory=list, max_length=100)


def _worded(text: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise ValueError("Say in a sentence what is wanted; the text is empty")
    return text


class MissingField(Schema):
    """A fact the brief lacks, with the question to ask the client."""

    field: str
    question: str


class RequestOut(Schema):
    """A request as it was understood; `constraints` by the category's brief fields."""

    id: UUID
    text: str
    summary: str
    client_name: str
    category: str | None
    tier: str
    constraints: dict[str, Any]
    missing_fields: list[MissingField]
    problems: list[str]
    currency: str
    language: str
    timezone: str
    created_at: datetime

    @staticmethod
    def resolve_category(row: Request) -> str | None:
        return row.category.slug if row.category else None

    @staticmethod
    def resolve_missing_fields(row: Request) -> Any:
        return row.missing


class RequestPage(Schema):
    items: list[RequestOut]
    next_cursor: str | None


def _requests() -> QuerySet[Request]:
    return Request.objects.select_related("category")


@router.get("/requests", response=RequestPage, auth=READ, operation_id="list_requests")
def list_requests(request: HttpRequest, paging: Paging) -> dict[str, Any]:
    """All requests, newest first. Scope `requests:read`."""
    return page(_requests(), paging)


@router.get(
    "/requests/{uuid:request_id}", response=RequestOut, auth=READ, operation_id="get_request"
)
def get_request(request: HttpRequest, request_id: UUID) -> Request:
    """One request. Scope `requests:read`."""
    return get_object_or_404(_requests(), pk=request_id)


@router.post(
    "/requests",
    response={201: RequestOut},
    auth=WRITE,
    operation_id="create_request",
    openapi_extra=DOCUMENTED,
)
@once_by_id
def add_request(request: HttpRequest, payload: RequestIn) -> tuple[int, Schema]:
    """Understand a brief: category, constraints, and questions for what is missing.

    Always creates a request, however little was understood. Scope `requests:write`.
    """
    owner = owner_of(request)
    _check_category(payload.category)
    row = create_request(
        payload.text,
        actor=name_of(owner),
        client_name=payload.client_name,
        tier=payload.tier,
        category=payload.category or None,
        created_by=owner,
        pk=id_for(request),
    )
    return 201, RequestOut.from_orm(row)


@router.post(
    "/requests/{uuid:request_id}/reread",
    response=RequestOut,
    auth=CHANGE,
    operation_id="reread_request",
)
def read_again(request: HttpRequest, request_id: UUID, payload: RereadIn) -> Request:
    """Understand a request anew, with other words or as another category.

    Replaces what was understood before; drafts already made stay as they are. Scope
    `requests:write`.
    """
    row = get_object_or_404(_requests(), pk=request_id)
    _check_category(payload.category)
    return reread_request(
        row,
        actor=name_of(owner_of(request)),
        text=payload.text,
        category=payload.category or None,
    )


@router.patch(
    "/requests/{uuid:request_id}",
    response=RequestOut,
    auth=CHANGE,
    operation_id="correct_request",
)
def correct(request: HttpRequest, request_id: UUID, payload: CorrectIn) -> Request:
    """Correct what was understood, or answer what is asked in `missing_fields`.

    What follows from the values is filled in; drafts already made stay as they are. Scope
    `requests:write`.
    """
    get_object_or_404(_requests(), pk=request_id)
    try:
        return correct_request(
            request_id,
            payload.constraints,
            actor=name_of(owner_of(request)),
            settled=payload.settled,
        )
    except BadFieldsError as error:
        raise ValidationError(
            [
                {"loc": ("body", "payload", "constraints", name), "msg": problem}
                for name, problem in error.problems.items()
            ]
        ) from error


def _check_category(slug: str | None) -> None:
    if not slug:
        return
    known = list(Category.objects.filter(active=True).values_list("slug", flat=True))
    if slug not in known:
        message = f"There is no category “{slug}”; there are: {', '.join(sorted(known))}"
        raise ValidationError([{"loc": ("body", "payload", "category"), "msg": message}])
