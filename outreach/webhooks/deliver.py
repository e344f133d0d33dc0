"""Posts what waits, signed by the Standard Webhooks scheme, until a 2xx comes back."""

import asyncio
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx2
import structlog
from django.db.models import F
from django.utils import timezone
from standardwebhooks import Webhook

from outreach.models import DeliveryStatus, WebhookDelivery
from outreach.outage import is_away
from outreach.webhooks.endpoints import UrlError, check_url, disable, secrets_of

log = structlog.get_logger(__name__)

# The waits Standard Webhooks proposes; after the last the delivery is given up.
WAITS = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20),
    timedelta(hours=24),
)  # fmt: skip
TIMEOUT, LEASE = 15.0, timedelta(seconds=60)
AT_ONCE, EXCERPT, GONE = 20, 500, 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint said; `status` is None when nothing came back, `words` say why."""

    status: int | None
    words: str
    took_ms: int

    @property
    def taken(self) -> bool:
        """Whether the endpoint took the event."""
        return self.status is not None and 200 <= self.status < 300


def deliver_due(now: datetime | None = None) -> int:
    """Try a batch of what is due, side by side; returns how many, so that the caller goes on."""
    rows = _claim(now or timezone.now())
    for row, answer in zip(rows, asyncio.run(_post_all(rows)), strict=True):
        try:
            _record(row, answer)
        except Exception as error:
            if is_away(error):
                raise
            # Its lease brings it again; the others of the batch have their answers written down.
            log.exception("webhook_unrecorded", delivery=str(row.pk))
    return len(rows)


def _claim(now: datetime) -> list[WebhookDelivery]:
    due = (
        WebhookDelivery.objects.filter(
            status=DeliveryStatus.PENDING, next_try_at__lte=now, endpoint__disabled_at=None
        )
        .select_related("endpoint")
        .order_by("next_try_at")[:AT_ONCE]
    )
    mine = []
    for row in due:
        # Of two workers one moves the time; a worker that dies leaves it to come again.
        taken = WebhookDelivery.objects.filter(
            pk=row.pk, status=DeliveryStatus.PENDING, next_try_at=row.next_try_at
        ).update(next_try_at=now + LEASE, attempts=F("attempts") + 1)
        if taken:
            row.next_try_at, row.attempts = now + LEASE, row.attempts + 1
            mine.append(row)
    return mine


async def _post_all(rows: list[WebhookDelivery]) -> list[Answer]:
    async with httpx2.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
        return list(await asyncio.gather(*(_post(client, row) for row in rows)))


async def _post(client: httpx2.AsyncClient, row: WebhookDelivery) -> Answer:
    begun = time.monotonic()
    try:
        async with asyncio.timeout(TIMEOUT):
            return await _ask(client, row, begun)
    except UrlError as error:
        words = str(error)
    except TimeoutError:
        words = f"No answer within {TIMEOUT:.0f} seconds."
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        words = f"{type(error).__name__}: {error}"
    except Exception as error:
        # A mistake of ours with one delivery is a try that failed, and leaves the others alone.
        log.exception("webhook_failed", delivery=str(row.pk))
        words = f"A mistake of ours ({type(error).__name__}); it was recorded in the log."
    return Answer(None, words[:EXCERPT], _since(begun))


async def _ask(client: httpx2.AsyncClient, row: WebhookDelivery, begun: float) -> Answer:
    url = row.endpoint.url
    # Asked again at every try, and the address just checked is the one connected to: a name that
    # points elsewhere tomorrow leads nowhere inside.
    host, port, ip = await asyncio.to_thread(check_url, url)
    target = httpx2.URL(url).copy_with(host=ip, port=port)
    request = client.build_request(
        "POST",
        target,
        content=body_of(row),
        headers={**headers_of(row), "host": urlsplit(url).netloc},
        extensions={"sni_hostname": host},
    )
    response = await client.send(request, stream=True)
    try:
        excerpt = b""
        async for piece in response.aiter_raw():
            excerpt += piece
            if len(excerpt) >= EXCERPT:
                break
    finally:
        await response.aclose()
    words = excerpt[:EXCERPT].decode("utf-8", "replace").replace("\x00", "")
    return Answer(response.status_code, words, _since(begun))


def body_of(row: WebhookDelivery) -> str:
    """The JSON that is sent, the same on every try."""
    return json.dumps(row.payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def headers_of(row: WebhookDelivery) -> dict[str, str]:
    """Id, time and one signature a secret (Standard Webhooks 1.0)."""
    at, name = timezone.now(), str(row.event_id)
    signed = [Webhook(secret).sign(name, at, body_of(row)) for secret in secrets_of(row.endpoint)]
    return {
        "content-type": "application/json",
        "user-agent": "Attache-Webhooks/1",
        "accept-encoding": "identity",  # a few bytes of an answer are shown: none is unpacked
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _record(row: WebhookDelivery, answer: Answer) -> None:
    now = timezone.now()
    changes = {
        "response_status": answer.status,
        "response_excerpt": answer.words,
        "took_ms": answer.took_ms,
    }
    rows = WebhookDelivery.objects.filter(pk=row.pk, attempts=row.attempts)
    if answer.taken:
        ended = {"status": DeliveryStatus.DELIVERED, "next_try_at": None, "ended_at": now}
        rows.update(**changes, **ended)
    elif answer.status == GONE or row.attempts > len(WAITS):
        ended = {"status": DeliveryStatus.FAILED, "next_try_at": None, "ended_at": now}
        if rows.update(**changes, **ended):
            gone = "It answered 410: it wants no more events."
            tired = f"{row.attempts} tries of one event failed: {answer.words or answer.status}"
            reason = gone if answer.status == GONE else tired
            disable(row.endpoint, reason=reason, actor="webhooks")
    else:
        rows.update(**changes, next_try_at=now + WAITS[row.attempts - 1])


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
