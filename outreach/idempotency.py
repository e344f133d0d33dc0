"""Lets a call that is sent twice act once: the first one's answer is kept and given again.

Who died on the way may have died after the act. So that whoever takes over can't act again, the
act and its answer are one transaction (`finish` inside it, held to whoever holds the token); an act
that leaves the process gives what it makes the id of this row, and finds it there the second time.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from outreach.errors import NotAllowedNow, OutreachError
from outreach.models import ApiKey, StoredAnswer

KEPT = timedelta(days=1)
# A first call that has been under way for longer than this died; the next one takes over.
ABANDONED_AFTER = timedelta(minutes=5)


class TokenReusedError(OutreachError):
    """The same Idempotency-Key came with another request; use a new one."""


def begin(key: ApiKey, token: str, fingerprint: str) -> StoredAnswer:
    """The row for this token: `status` 0 means that the caller is to act, then `finish`.

    Raises NotAllowedNow while the first call is still under way, TokenReusedError when the token
    belongs to another request.
    """
    now = timezone.now()
    StoredAnswer.objects.filter(api_key=key, begun_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return StoredAnswer.objects.create(
                api_key=key, token=token, fingerprint=fingerprint, begun_at=now
            )
    except IntegrityError:
        stored = StoredAnswer.objects.filter(api_key=key, token=token).first()
    if stored is None:  # the first call failed in between, and its token is free again
        return begin(key, token, fingerprint)
    if stored.fingerprint != fingerprint:
        raise TokenReusedError("This Idempotency-Key was used for another request; take a new one.")
    if stored.status == 0 and not _take_over(stored):
        raise NotAllowedNow("The first call with this Idempotency-Key is still under way.")
    return stored


def finish(stored: StoredAnswer, status: int, body: dict[str, Any]) -> None:
    """Keep the answer for the next call with the same token.

    Raises NotAllowedNow when another call took over since: what this one did is to be undone.
    """
    if not _mine(stored).update(status=status, body=body):
        raise NotAllowedNow("Another call with this Idempotency-Key took over; send it once more.")


def abandon(stored: StoredAnswer) -> None:
    """The call failed and left nothing: forget the token, so that it may be tried again."""
    _mine(stored).delete()


def let_go(stored: StoredAnswer) -> None:
    """The call failed and may have left something: the same call may go on where it stands."""
    _mine(stored).update(begun_at=stored.begun_at - ABANDONED_AFTER)


def _mine(stored: StoredAnswer) -> QuerySet[StoredAnswer]:
    """The row as long as nobody took over and nobody finished."""
    return StoredAnswer.objects.filter(pk=stored.pk, status=0, begun_at=stored.begun_at)


def _take_over(stored: StoredAnswer) -> bool:
    now = timezone.now()
    if stored.begun_at > now - ABANDONED_AFTER:
        return False
    taken = _mine(stored).update(begun_at=now) == 1
    stored.begun_at = now
    return taken
