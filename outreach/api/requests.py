"""Requests: say in free text what a client wants, and read back what was understood."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from crm.models import Request
from outreach.api.access import ApiKeyAuth
from outreach.api.pages import Paging, page

READ = ApiKeyAuth("requests:read", "crm.view_request")
router = Router(tags=["Requests"])


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
