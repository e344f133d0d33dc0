"""Who may call what: bearer keys with scopes, the owner's permissions, and limits on both."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError, Throttled
from ninja.security import HttpBearer

from outreach import api_keys, call_limits
from outreach.models import ApiKey

FAILURES_PER_ADDRESS = 20
FAILURE_WINDOW = 300  # seconds
CALLS_PER_KEY = 600
CALL_WINDOW = 60  # seconds


class ApiKeyAuth(HttpBearer):
    """Demands a live key with `scope` whose owner holds `permission`; sets `request.user`.

    `before_body` is called with the request of whoever may, before anything reads its body.
    """

    def __init__(
        self,
        scope: str | None = None,
        permission: str | None = None,
        before_body: Callable[[HttpRequest], None] | None = None,
    ) -> None:
        if scope is not None and scope not in api_keys.SCOPES:
            raise ValueError(f"There is no scope {scope}.")
        super().__init__()
        self.scope = scope
        self.permission = permission
        self.before_body = before_body

    def __call__(self, request: HttpRequest) -> ApiKey:
        """The key; raises 401, 403 or 429."""
        address = address_of(request)
        if call_limits.used_up(f"auth:{address}", FAILURES_PER_ADDRESS, FAILURE_WINDOW):
            raise Throttled(wait=call_limits.seconds_left(FAILURE_WINDOW))
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise AuthenticationError(message="Send your key as “Authorization: Bearer att_…”.")
        key = api_keys.find(token.strip())
        if key is None:
            call_limits.within(f"auth:{address}", FAILURES_PER_ADDRESS, FAILURE_WINDOW)
            raise AuthenticationError(message="The key is unknown, expired or revoked.")
        self._authorise(key)
        if not call_limits.within(f"key:{key.pk}", CALLS_PER_KEY, CALL_WINDOW):
            raise Throttled(wait=call_limits.seconds_left(CALL_WINDOW))
        api_keys.record_use(key)
        request.user = key.owner
        if self.before_body:
            self.before_body(request)
        return key

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Unused: `__call__` does it all, because it must tell 401, 403 and 429 apart."""
        raise NotImplementedError

    def _authorise(self, key: ApiKey) -> None:
        if self.scope and self.scope not in key.scopes:
            raise AuthorizationError(message=f"The key lacks the scope {self.scope}.")
        if self.permission and not key.owner.has_perm(self.permission):
            raise AuthorizationError(
                message=f"The key's owner lacks the permission {self.permission}."
            )


def owner_of(request: HttpRequest) -> User:
    """The person in whose name the call acts."""
    user = request.user
    if not isinstance(user, User):
        raise AuthenticationError
    return user


def address_of(request: HttpRequest) -> str:
    """The caller's address; forwarded headers count only for the proxies we said we trust."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted and hops[-trusted]:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
