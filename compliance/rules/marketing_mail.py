"""Marketing mail says who writes, from where, and how to stop it: in its text and its headers."""

import re
from collections.abc import Mapping

ONE_CLICK = "List-Unsubscribe=One-Click"
LOOPBACK = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?/")


def refusals(
    channel: str,
    purpose: str,
    body: str,
    *,
    headers: Mapping[str, str],
    seller: str,
    postal_address: str,
    unsubscribe_url: str,
    body_html: str = "",
) -> list[str]:
    """Reasons why this marketing mail may not leave; [] for anything else.

    Identification, postal address and a way out: CAN-SPAM, 15 U.S.C. 7704(a)(3) and (5). The two
    headers: RFC 8058, which Gmail and Yahoo ask of every sender of marketing. `unsubscribe_url`
    is the link this very recipient has to find.
    """
    if channel != "email" or purpose != "marketing":
        return []
    texts = [body, body_html] if body_html else [body]
    return [
        *_identification(texts, seller, postal_address),
        *_link(texts, unsubscribe_url),
        *_headers(headers, unsubscribe_url),
    ]


def _identification(texts: list[str], seller: str, postal_address: str) -> list[str]:
    reasons = []
    if not seller.strip():
        reasons.append("SELLER_NAME is not set: marketing must say who writes.")
    elif not all(_says(text, seller) for text in texts):
        reasons.append(f"The mail does not say who writes: name {seller}.")
    if not postal_address.strip():
        reasons.append("SELLER_POSTAL_ADDRESS is not set: marketing must carry a postal address.")
    elif not all(_says(text, postal_address) for text in texts):
        reasons.append("The mail does not carry our postal address.")
    return reasons


def _link(texts: list[str], url: str) -> list[str]:
    if not (url.startswith("https://") or LOOPBACK.match(url)):
        return ["There is no unsubscribe link that begins with https://: check PUBLIC_URL."]
    if not all(_holds(text, url) for text in texts):
        return ["The mail does not show the recipient's own unsubscribe link."]
    return []


def _holds(text: str, url: str) -> bool:
    """The whole link, not one that merely begins like it."""
    return re.search(re.escape(url) + r"(?![\w-])", text) is not None


def _headers(headers: Mapping[str, str], url: str) -> list[str]:
    given = {name.lower(): value.strip() for name, value in headers.items()}
    reasons = []
    if f"<{url}>" not in given.get("list-unsubscribe", ""):
        reasons.append("The List-Unsubscribe header with the recipient's link is missing.")
    if given.get("list-unsubscribe-post") != ONE_CLICK:
        reasons.append("The List-Unsubscribe-Post header is missing.")
    return reasons


def _says(text: str, words: str) -> bool:
    """The words in order, however they are broken into lines, punctuated or marked up."""
    return _bare(words) in _bare(re.sub(r"<[^<>]*>", " ", text))


def _bare(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return f" {words} "
