"""Who am I: lets a program check its key."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.shapes import Me

router = Router(tags=["Key"])


@router.get("/me", response=Me, auth=ApiKeyAuth(), operation_id="me")
def me(request: HttpRequest) -> dict[str, Any]:
    """The key's name and scopes, and the person it acts for. Needs no scope."""
    key, owner = request.auth, owner_of(request)  # type: ignore[attr-defined]
    return {
        "key": key.name,
        "scopes": key.scopes,
        "user": owner.get_username(),
        "name": owner.get_full_name(),
    }
