"""The reply address of a thread: unguessable, so that an answer from anywhere lands in it."""

import re

from django.conf import settings

from outreach.models import Enrollment
from outreach.models.enrollment import TOKEN_ALPHABET, TOKEN_LENGTH

LOCAL_PART = re.compile(rf"^[a-z0-9-]*?-?([{TOKEN_ALPHABET}]{{{TOKEN_LENGTH}}})$")


def build(enrollment: Enrollment) -> str:
    """`<campaign slug>-<token>@<inbound domain>`; needs the enrollment's campaign loaded."""
    return f"{enrollment.campaign.slug}-{enrollment.token}@{settings.INBOUND_DOMAIN}".lower()


def read(address: str) -> str | None:
    """The token in a reply address of ours, else None; case and a +tag do not matter."""
    local, at, domain = address.strip().strip("<>").lower().rpartition("@")
    if not at or domain != settings.INBOUND_DOMAIN.lower():
        return None
    match = LOCAL_PART.match(local.split("+", 1)[0])
    return match.group(1) if match else None
