"""The headers mail programs show their own “unsubscribe” button for (RFC 2369 and RFC 8058)."""

from urllib.parse import quote

from django.conf import settings

from compliance.addresses import as_heard
from compliance.unsubscribe.tokens import make_token


def page_url(kind: str, address: str) -> str:
    """The address of this person's unsubscribe page, the same in every mail."""
    token = make_token(kind, as_heard(kind, address))
    return f"{settings.PUBLIC_URL.rstrip('/')}/u/{token}"


def headers(token_url: str, mailto: str = "") -> dict[str, str]:
    """The two headers of a marketing mail. Pure.

    `mailto` is an address of ours that hears “unsubscribe” as a subject: the mail's own reply
    address does. The signature of the mail (DKIM) has to cover both headers.
    """
    ways = [f"<{token_url}>"]
    if mailto:
        ways.append(f"<mailto:{quote(mailto, safe='@+.-_')}?subject=unsubscribe>")
    return {
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
