"""The `Idempotency-Key` header: a creating call that is sent twice acts once."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder, Status

from outreach import idempotency
from outreach.errors import NotAllowedNow, OutreachError
from outreach.models import StoredAnswer

HEADER = "Idempotency-Key"
LONGEST = 200
REFUSED = (OutreachError, HttpError, ValidationError, Http404)

# For `openapi_extra`, so that the documentation shows the header.
DOCUMENTED: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": False,
            "schema": {"type": "string", "maxLength": LONGEST, "pattern": "^[!-~]*$"},
            "description": "The same key within a day gives the first call's answer again.",
        }
    ]
}


View = Callable[..., tuple[int, Schema]]


def once(view: View) -> Callable[..., Any]:
    """Wrap a view that returns `(status, schema)`; replays its answer for a key seen before.

    What the view does and the answer kept are one transaction: a process that dies did neither.
    """

    def act(stored: StoredAnswer, call: Callable[[], tuple[int, Schema]]) -> tuple[int, Schema]:
        try:
            with transaction.atomic():
                status, answer = call()
                idempotency.finish(stored, status, _as_stored(answer))
        except BaseException:
            idempotency.abandon(stored)
            raise
        return status, answer

    return _with_key(view, act)


def once_by_id(view: View) -> Callable[..., Any]:
    """As `once`, for a view that may ask a model and so cannot be one transaction.

    It makes its row with the id `id_for(request)`; where that is there, it answers with the row.
    """

    def act(stored: StoredAnswer, call: Callable[[], tuple[int, Schema]]) -> tuple[int, Schema]:
        try:
            status, answer = call()
        except REFUSED:  # nothing was made
            idempotency.abandon(stored)
            raise
        except BaseException:
            idempotency.let_go(stored)
            raise
        with suppress(NotAllowedNow):  # who took over found the same row
            idempotency.finish(stored, status, _as_stored(answer))
        return status, answer

    return _with_key(view, act)


def id_for(request: HttpRequest) -> UUID:
    """The id of what a `once_by_id` view makes: the same for the same key."""
    return getattr(request, "id_by_key", None) or uuid4()


def _with_key(view: View, act: Callable[..., tuple[int, Schema]]) -> Callable[..., Any]:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **values: Any) -> Any:
        token = request.headers.get(HEADER, "")
        if not token:
            status, answer = view(request, *args, **values)
            return Status(status, answer)
        if len(token) > LONGEST or not token.isascii() or not token.isprintable():
            raise HttpError(400, f"{HEADER} must be up to {LONGEST} printable ASCII characters.")
        stored = idempotency.begin(request.auth, token, _fingerprint(request))  # type: ignore[attr-defined]
        if stored.status:
            return JsonResponse(stored.body, status=stored.status)
        request.id_by_key = stored.pk  # type: ignore[attr-defined]
        status, answer = act(stored, lambda: view(request, *args, **values))
        return Status(status, answer)

    return wrapper


def _as_stored(answer: Schema) -> Any:
    return json.loads(json.dumps(answer.model_dump(), cls=NinjaJSONEncoder))


def _fingerprint(request: HttpRequest) -> str:
    content = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(content).hexdigest()
