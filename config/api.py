"""The API object: which routers make it up, how it documents itself, how it refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView
from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema

from config import problems
from outreach.api import (
    audiences,
    cadence,
    campaigns,
    companies,
    compliance,
    contacts,
    conversations,
    enrollments,
    imports,
    leads,
    me,
    merging,
    messages,
    prospects,
    requests,
    scoring,
    segments,
    sequences,
)
from quotes import api as quotes

DESCRIPTION = """Programs work the desk with the same rules as people: nothing leaves without an
approval, and every act is recorded in the name of the key's owner.

Send your key as `Authorization: Bearer att_…`. A call needs the scope it names, and the key's
owner must hold the permission. Lists come in pages: follow `next_cursor`. Errors are problem
documents (RFC 9457); a conflict carries the other version."""

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened and what to do next."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "version": {"type": "integer", "description": "The version that stands now."},
        "theirs": {"type": "object", "description": "What the other one wrote."},
    },
}


class AttacheAPI(NinjaAPI):
    """NinjaAPI whose documentation names scopes and problem documents."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The schema, with the shared error shape on every operation."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        answer = {
            "description": "Refused, with the reason.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = answer
        return schema


api = AttacheAPI(
    title="Attaché",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    # No validator badge: it would send the schema to a server elsewhere.
    docs=Swagger(settings={"validatorUrl": None, "persistAuthorization": False}),
)
problems.install(api)
for router in (
    me.router,
    requests.router,
    campaigns.router,
    messages.router,
    merging.router,
    compliance.router,
    sequences.router,
    segments.router,
    audiences.router,
    enrollments.router,
    prospects.router,
    cadence.router,
    conversations.router,
    companies.router,
    imports.router,
    contacts.router,
    leads.router,
    scoring.router,
    quotes.router,
):
    api.add_router("", router)


def in_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A method that an address does not know is a problem document too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        response = view(request, *args, **values)
        if response.status_code != 405:
            return response
        allowed = response["Allow"]
        refused = problems.problem(405, f"{request.method} is not known here; use {allowed}.")
        refused["Allow"] = allowed
        return refused

    return answer


patterns, app_name, namespace = api.urls
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = in_problems(pattern.callback)

urls: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/api/docs")),
    path("", (patterns, app_name, namespace)),
    path("<path:path>", problems.not_found),
]
