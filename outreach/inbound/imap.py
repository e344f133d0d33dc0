"""Fetches mail from an ordinary mailbox, for those who have no provider with webhooks."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from outreach.inbound.receive import store_inbound

MOST_AT_ONCE = 500
TIMEOUT_SECONDS = 30
PORTS = {"imap": 143, "imaps": 993}


class FetchError(Exception):
    """The mailbox cannot be read; says why and what to check."""


def fetch(url: str) -> int:
    """Store every unseen mail of `imap[s]://user:password@host[:port]/FOLDER`; returns how many.

    A mail is marked seen only after it is stored, so a crash in between fetches it again, and the
    store recognises it by UID validity and UID.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or not _has_a_port(parts):
        raise FetchError("IMAP_URL must look like imaps://user:password@host:993/INBOX.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    with _connected(url) as server:
        _expect(server.select(_quoted(folder)), f"The folder {folder} cannot be opened")
        validity = (server.response("UIDVALIDITY")[1] or [b"0"])[0] or b"0"
        answer = _expect(server.uid("SEARCH", "UNSEEN"), "Searching failed")
        uids = (answer[0] or b"").split()[:MOST_AT_ONCE]
        return sum(_fetch_one(server, uid, f"{parts.hostname}:{validity.decode()}") for uid in uids)


def _fetch_one(server: imaplib.IMAP4, uid: bytes, mailbox: str) -> bool:
    answer = _expect(server.uid("FETCH", uid.decode(), "(BODY.PEEK[])"), "Fetching failed")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if raw is None:
        return False  # somebody else took it meanwhile
    stored = store_inbound(esp="imap", raw=bytes(raw), key=f"{mailbox}:{uid.decode()}")
    _expect(server.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen)"), "Marking as seen failed")
    return stored


def _has_a_port(parts: SplitResult) -> bool:
    """Whether the port that is named, if one is, can be one."""
    try:
        return parts.port != 0
    except ValueError:
        return False


@contextmanager
def _connected(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or PORTS[parts.scheme]
    try:
        server = kind(parts.hostname or "", port, timeout=TIMEOUT_SECONDS)
        try:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            yield server
        finally:
            server.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise FetchError(f"The mailbox at {parts.hostname} cannot be read: {error}") from error


def _expect(answer: "tuple[str, list[Any]]", problem: str) -> "list[Any]":
    status, data = answer
    if status != "OK":
        raise FetchError(f"{problem}: {data!r}")
    return data


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
