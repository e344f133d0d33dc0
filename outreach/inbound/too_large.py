"""A post larger than the desk takes: its provider keeps it and repeats it, and staff are told."""

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from outreach.inbound import receive

log = structlog.get_logger(__name__)
COME_BACK_SECONDS = 3600
MEGABYTE = 1024 * 1024


def put_off(request: HttpRequest, *, esp: str, kind: str) -> JsonResponse:
    """503, and a line among what could not be worked off: one a day for each provider and kind.

    Not 413: providers throw away what is refused for good (SendGrid at any 4xx), and repeat for
    hours what could not be taken just now. Raised in that time, the limit lets it in. The body was
    not read, so a signature within it is not checked: more than a line a day could be forged.
    """
    size, limit = (n / MEGABYTE for n in (_length(request), settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    log.error("webhook_too_large", path=request.path, esp=esp, size=round(size), limit=limit)
    words = (
        f"A post of {size:.0f} MB came, and the desk takes {limit:.0f} MB. None of it is here: "
        f"{esp} keeps it and sends it again for some hours. Raise POST_MAX_BYTES, and the limit "
        "of the proxy, before that ends; or ask who wrote for the files in another way."
    )
    receive.store_put_off(
        esp=esp, kind=kind, key=f"too-large:{timezone.now():%Y-%m-%d}", detail=words
    )
    problem = {"title": "Too large just now", "status": 503, "detail": words}
    answer = JsonResponse(problem, status=503, content_type="application/problem+json")
    answer["Retry-After"] = str(COME_BACK_SECONDS)
    return answer


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)
