"""Errors as programs read them: RFC 9457 problem documents, whichever room refused."""

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views import defaults
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from crm.errors import CrmError, EditConflictError, NotPossibleError
from crm.leads import LeadConflict, LeadExistsError
from crm.scoring.segmenting import RulesChangedError
from crm.scoring.versions import SwitchedMeanwhileError
from outreach.briefs.create import BadBriefError
from outreach.errors import EditConflict, NothingToSend, OutreachError, UnplannableWeek
from outreach.outage import is_away
from quotes.errors import InvalidQuoteError, ReviewConflictError

TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    422: "Invalid values",
    429: "Too many requests",
    500: "Our mistake",
    503: "Not available just now",
}
AWAY_SECONDS = 10
AWAY_WORDS = "The database does not answer just now. Nothing was changed; try again in a moment."


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """A problem document; `more` are extension members such as `errors` or `version`."""
    title = TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def install(api: NinjaAPI) -> None:
    """Make every refusal of this API a problem document."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        ValidationError: _invalid,
        ModelError: _invalid_model,
        Throttled: _throttled,
        HttpError: lambda request, error: problem(error.status_code, str(error)),
        Http404: lambda request, error: problem(404, "There is nothing here by that id."),
        PermissionDenied: lambda request, error: problem(403, str(error) or "Not allowed."),
        EditConflict: _edit_conflict,
        ReviewConflictError: _review_conflict,
        InvalidQuoteError: _invalid_quote,
        NothingToSend: lambda request, error: problem(422, str(error)),
        UnplannableWeek: lambda request, error: problem(422, str(error)),
        BadBriefError: lambda request, error: problem(422, str(error)),
        LeadConflict: lambda request, error: problem(409, str(error), stands=error.lead.status),
        LeadExistsError: lambda request, error: problem(409, str(error), lead=str(error.lead.pk)),
        SwitchedMeanwhileError: lambda request, error: problem(409, str(error)),
        RulesChangedError: lambda request, error: problem(409, str(error)),
        EditConflictError: _edit_conflict,
        NotPossibleError: lambda request, error: problem(409, str(error)),
        CrmError: lambda request, error: problem(422, str(error)),
        OutreachError: lambda request, error: problem(409, str(error)),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """For addresses below /api/ that lead nowhere."""
    return problem(404, f"There is no /api/{path[:200]}; see /api/docs.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 in words for what is larger than we take; what else is no request is told no more."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        words = f"This is larger than the {limit} MB that are taken at once. Send less at a time."
    elif isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        words = "This has more fields or files than are taken at once. Send fewer at a time."
    elif request.path.startswith("/api/"):
        return problem(400, "This is no request that can be understood.")
    else:
        return defaults.bad_request(request, exception)
    words += " Nothing was changed."
    if not _reads_pages(request):
        return problem(413, words)
    return HttpResponse(loader.render_to_string("413.html", {"words": words}), status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """What broke was logged with the request's id; programs get a problem document.

    Django calls this while it handles the exception, wherever in the stack it was raised.
    """
    if is_away(sys.exception()):
        return _database_away(request)
    if request.path.startswith("/api/"):
        return problem(500, "Something broke on our side and was recorded; try again later.")
    return defaults.server_error(request)


def _database_away(request: HttpRequest) -> HttpResponse:
    """503 with a time to come back: providers repeat their posts, people read what to do."""
    if _reads_pages(request):
        page = loader.render_to_string("503.html", {"seconds": AWAY_SECONDS})
        response = HttpResponse(page, status=503)
    else:
        response = problem(503, AWAY_WORDS, retry_after=AWAY_SECONDS)
    response["Retry-After"] = str(AWAY_SECONDS)
    return response


def _reads_pages(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/") or "text/html" in request.headers.get("Accept", "")


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": _field(item.get("loc", ())), "message": _message(item)} for item in error.errors
    ]
    detail = "; ".join(f"{item['field']}: {item['message']}" for item in errors[:5])
    return problem(422, detail or "The values are not valid.", errors=errors)


def _field(location: Any) -> str:
    """`("body", "payload", "text")` → `text`: the caller's own word for it."""
    parts = [str(part) for part in location]
    named = parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts[1:]
    return ".".join(named) or "body"


def _message(item: dict[str, Any]) -> str:
    return str(item.get("msg", "is not valid")).removeprefix("Value error, ")


def _invalid_model(request: HttpRequest, error: ModelError) -> HttpResponse:
    if hasattr(error, "error_dict"):
        errors = [
            {"field": field, "message": " ".join(messages)}
            for field, messages in error.message_dict.items()
        ]
    else:
        errors = [{"field": "body", "message": message} for message in error.messages]
    return problem(422, "; ".join(item["message"] for item in errors), errors=errors)


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = error.wait or 1
    response = problem(429, f"Too many requests; try again in {wait} s.", retry_after=wait)
    response["Retry-After"] = str(wait)
    return response


def _edit_conflict(request: HttpRequest, error: EditConflict | EditConflictError) -> HttpResponse:
    return problem(409, str(error), theirs=error.theirs, version=error.version)


def _review_conflict(request: HttpRequest, error: ReviewConflictError) -> HttpResponse:
    return problem(409, str(error), version=error.version)


def _invalid_quote(request: HttpRequest, error: InvalidQuoteError) -> HttpResponse:
    errors = [{"field": name, "message": text} for name, text in error.problems.items()]
    return problem(422, str(error), errors=errors)
