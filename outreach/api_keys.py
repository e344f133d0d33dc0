"""Keys for the API: made once, shown once, stored as a hash, limited to scopes."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from outreach.models import ApiKey

# What a key may be allowed to do; its owner's own permissions must allow it as well.
SCOPES = {
    "requests:read": "Read requests",
    "requests:write": "Create requests",
    "campaigns:read": "Read campaigns and their messages",
    "campaigns:write": "Create, pause and resume campaigns",
    "sequences:read": "Read sequences",
    "sequences:write": "Write sequences and their versions",
    "conversations:read": "Read conversations and what was read in them",
    "conversations:write": "Take over, assign, close and correct conversations",
    "enrollments:read": "Read who stands where in a sequence",
    "enrollments:write": "Take people into sequences, pause, move and remove them",
    "messages:write": "Edit drafts",
    "messages:approve": "Approve and skip drafts",
    "compliance:read": "Ask whether something may be sent",
    "compliance:write": "Record that somebody asked us to stop",
    "scores:read": "Read scores with their reasons, and whom to turn to first",
    "scores:write": "Put people into segments",
    "cadence:read": "Plan the week of connection requests and follow-ups",
    "companies:read": "Read companies",
    "companies:write": "Create and change companies",
    "contacts:read": "Read people and their addresses",
    "contacts:write": "Create and change people",
    "segments:read": "Read segments and whom they mean",
    "segments:write": "Write segments and their versions",
    "imports:read": "Read imports and the rows that stayed out",
    "imports:write": "Upload lists and apply them",
    "leads:read": "Read leads and the board",
    "leads:write": "Create, change and move leads",
    "quotes:read": "Read quotes and comparisons",
    "quotes:write": "Log quotes by hand",
}

MARK = "att"  # lets secret scanners and people recognise a key
USE_RECORDED_EVERY = timedelta(minutes=1)


def create(
    *,
    owner: User,
    name: str,
    scopes: list[str],
    expires_at: datetime | None = None,
    actor: str,
) -> tuple[ApiKey, str]:
    """Make a key; the second value is the key itself, which nothing can show again.

    Raises ValueError on a scope there is not, and on none at all.
    """
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes:
        raise ValueError(f"Unknown scopes: {', '.join(unknown)}." if unknown else "No scope given.")
    prefix = secrets.token_hex(6)
    token = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        key = ApiKey.objects.create(
            name=name,
            prefix=prefix,
            key_hash=_hash(token),
            scopes=sorted(set(scopes)),
            owner=owner,
            expires_at=expires_at,
        )
        audit.append("api_key.created", key, actor=actor, data={"scopes": key.scopes})
    return key, token


def revoke(key: ApiKey, *, actor: str, reason: str = "") -> bool:
    """End a key's life at once; False if it had already ended."""
    with transaction.atomic():
        rows = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
        if rows:
            audit.append("api_key.revoked", key, actor=actor, reason=reason)
    return bool(rows)


def find(token: str) -> ApiKey | None:
    """The key this token opens with, its owner loaded; None if unknown, ended or its owner left.

    Found by the public prefix, judged by comparing hashes in constant time. A fast hash is enough:
    the secret part is 256 random bits, not a person's password.
    """
    parts = token.split("_", 2)
    if len(parts) != 3 or parts[0] != MARK or not 0 < len(parts[1]) <= 12 or "\x00" in token:
        return None
    key = ApiKey.objects.select_related("owner").filter(prefix=parts[1]).first()
    if key is None or not hmac.compare_digest(key.key_hash, _hash(token)):
        return None
    return key if is_live(key) and key.owner.is_active else None


def is_live(key: ApiKey, at: datetime | None = None) -> bool:
    """Neither revoked nor expired."""
    at = at or timezone.now()
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > at)


def record_use(key: ApiKey) -> None:
    """Note that the key was used, at most once a minute so that reading stays cheap."""
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > USE_RECORDED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
