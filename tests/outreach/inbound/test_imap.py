"""The IMAP fetcher against a server that speaks IMAP: stored first, seen only then, once."""

import imaplib
import socketserver
import threading
from collections.abc import Iterator
from unittest import mock

import pytest

from outreach.inbound import imap
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent

pytestmark = pytest.mark.django_db(transaction=True)

MAIL = (
    b"From: Priya <priya@hudsonair.example>\r\nTo: desk@example.com\r\n"
    b"Subject: Trip\r\nMessage-ID: <%d@hudsonair.example>\r\n\r\nWe can do it for $38,500.\r\n"
)


class Mailbox(socketserver.StreamRequestHandler):
    """Just enough of RFC 3501 for a client that reads what is unseen."""

    mails: dict[int, bytes] = {}
    seen: set[int] = set()
    password = "secret"

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.strip().partition(b" ")
            words = rest.decode().split(" ")
            command = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
            if not self.answer(command, words, tag):
                return

    def answer(self, command: str, words: list[str], tag: bytes) -> bool:
        if command == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif command == "LOGIN" and self.password not in words[2]:
            self.say(tag + b" NO wrong password")
            return True
        elif command == "SELECT":
            self.say(b"* %d EXISTS" % len(self.mails))
            self.say(b"* OK [UIDVALIDITY 7] fine")
        elif command == "UID SEARCH":
            unseen = sorted(set(self.mails) - self.seen)
            self.say(b"* SEARCH " + " ".join(map(str, unseen)).encode())
        elif command == "UID FETCH":
            uid = int(words[2])
            raw = self.mails[uid]
            self.wfile.write(b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, len(raw)) + raw)
            self.say(b")")
        elif command == "UID STORE":
            self.seen.add(int(words[2]))
        elif command == "LOGOUT":
            self.say(b"* BYE")
            self.say(tag + b" OK done")
            return False
        self.say(tag + b" OK done")
        return True


@pytest.fixture
def url() -> Iterator[str]:
    Mailbox.mails = {number: MAIL % number for number in (1, 2, 3)}
    Mailbox.seen = set()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"imap://desk:secret@127.0.0.1:{server.server_address[1]}/INBOX"
        server.shutdown()


def test_unseen_mail_is_stored_once_and_marked_seen(url: str) -> None:
    assert imap.fetch(url) == 3
    assert imap.fetch(url) == 0
    assert Mailbox.seen == {1, 2, 3}
    process_open()
    assert Message.objects.filter(direction="inbound").count() == 3


def test_a_crash_between_storing_and_marking_fetches_again_and_stores_once(url: str) -> None:
    speak = imaplib.IMAP4.uid

    def dies_before_marking(server: imaplib.IMAP4, command: str, *rest: str) -> object:
        if command == "STORE":
            raise OSError("the line went dead")
        return speak(server, command, *rest)

    with (
        mock.patch.object(imaplib.IMAP4, "uid", dies_before_marking),
        pytest.raises(imap.FetchError, match="went dead"),
    ):
        imap.fetch(url)
    assert ProviderEvent.objects.count() == 1
    assert Mailbox.seen == set()
    assert imap.fetch(url) == 2
    assert ProviderEvent.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [(("secret@", "wrong@"), "wrong password"), (("imap://", "http://"), "must look like")],
)
def test_what_cannot_be_read_says_why(url: str, change: tuple[str, str], words: str) -> None:
    with pytest.raises(imap.FetchError, match=words):
        imap.fetch(url.replace(*change))


@pytest.mark.parametrize("port", ["99999", "0", "imaps"])
def test_what_is_no_port_is_told_and_stops_nothing_else(port: str) -> None:
    with pytest.raises(imap.FetchError, match="must look like"):
        imap.fetch(f"imap://desk:secret@127.0.0.1:{port}/INBOX")


def test_a_mailbox_that_is_not_there_says_so() -> None:
    with pytest.raises(imap.FetchError, match="cannot be read"):
        imap.fetch("imap://desk:secret@127.0.0.1:1/INBOX")
