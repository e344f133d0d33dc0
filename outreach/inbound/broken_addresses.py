"""Postmark's post without the addresses that are none: a broken copy must not cost the mail.

anymail puts a message together from Postmark's fields and gives the whole post up over one address
that cannot be one. What is left out stays readable in a header of the stored mail.
"""

import json
from typing import Any

from anymail.exceptions import AnymailInvalidAddress
from anymail.utils import EmailAddress

LISTS = ("ToFull", "CcFull", "BccFull")
LEFT_OUT = "X-Unreadable-Address"
LONGEST = 500


def without_broken(body: bytes) -> bytes | None:
    """The post without broken addresses; None where there is none, or it is no such post. Pure."""
    try:
        post = json.loads(body)
    except ValueError:
        return None
    if not isinstance(post, dict):
        return None
    broken: list[Any] = []
    for name in LISTS:
        said = post.get(name)
        if isinstance(said, list):
            post[name] = [one for one in said if _holds(one, broken)] or None
    if post.get("FromFull") and not _holds(post["FromFull"], broken):
        post["FromFull"] = (
            None  # whose sender cannot be read is attached by its thread, and flagged
        )
    if not broken:
        return None
    headers = post.get("Headers")
    told = [{"Name": LEFT_OUT, "Value": json.dumps(one)[:LONGEST]} for one in broken[:20]]
    post["Headers"] = [*(headers if isinstance(headers, list) else []), *told]
    return json.dumps(post).encode()


def _holds(said: Any, broken: list[Any]) -> bool:
    try:
        EmailAddress(display_name=said.get("Name", ""), addr_spec=said.get("Email", ""))
    except (AnymailInvalidAddress, AttributeError, TypeError, ValueError):
        broken.append(said)
        return False
    return True
