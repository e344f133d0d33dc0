"""The `Idempotency-Key` header: a creating call that is sent twice acts once."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from ninja.errors import HttpError
from ninja.responses import NinjaJSONEncoder, Status

from outreach import idempotency

HEADER = "Idempotency-Key"
LONGEST = 200

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


def once(view: Callable[..., tuple[int, Schema]]) -> Callable[..., Any]:
    """Wrap a view that returns `(status, schema)`; replays its answer for a key seen before."""

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
        try:
            status, answer = view(request, *args, **values)
        except BaseException:
            idempotency.abandon(stored)
            raise
        body = json.loads(json.dumps(answer.model_dump(), cls=NinjaJSONEncoder))
        idempotency.finish(stored, status, body)
        return Status(status, answer)

    return wrapper


def _fingerprint(request: HttpRequest) -> str:
    content = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(content).hexdigest()
