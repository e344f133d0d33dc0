"""Whether the server that took a mail for us says that its sender is forged. Pure."""

import re
from collections.abc import Mapping

DMARC_FAIL = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)


def forgery(headers: Mapping[str, str], sender: str) -> str:
    """Why the sender is not to be believed, in words; empty when nothing speaks against it.

    A failed SPF or DKIM alone says little: forwarding breaks either. Believed are a failed DMARC
    (RFC 7489: neither fits the domain in From) and Mailgun's word that both failed.
    """
    both_failed = all(
        headers.get(name, "").strip().lower() == "fail"
        for name in ("x-mailgun-spf", "x-mailgun-dkim-check-result")
    )
    if not both_failed and not DMARC_FAIL.search(headers.get("authentication-results", "")):
        return ""
    domain = sender.rsplit("@", 1)[-1] or "its domain"
    return (
        f"It claims to come from {domain}, but did not pass that domain's checks (DMARC): it may "
        "be forged. Ask by another way before trusting it."
    )
