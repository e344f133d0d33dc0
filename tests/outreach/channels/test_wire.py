"""What goes over the wire is what Django would have sent, only cheaper."""

from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMail
from typing import Any, cast
from unittest import mock

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.channels.wire import wire_form

STAMPS = {"Message-ID": "<1@desk.example>", "Date": "Thu, 01 Jan 2026 10:00:00 +0000"}
LONG_ID = f"<{'0' * 32}.{'1' * 20}@outreach.desk.attache.example>"
HEADER_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=200)
BODY_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=300)


def plain(subject: str = "Hi", body: str = "Text", **more: Any) -> EmailMultiAlternatives:
    more.setdefault("headers", STAMPS)
    return EmailMultiAlternatives(subject, body, "ella@desk.example", ["jo@jets.example"], **more)


def with_html(subject: str, body: str) -> EmailMultiAlternatives:
    mail = plain(subject, body)
    mail.attach_alternative(f"<p>{body}</p>", "text/html")
    return mail


def by_django(mail: EmailMessage) -> bytes:
    return cast(bytes, mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def parts_of(raw: bytes) -> list[tuple[list[tuple[str, str]], str]]:
    """Headers and text of every part; boundaries are drawn by lot."""
    parsed = cast(ParsedMail, message_from_bytes(raw, policy=policy.default))
    return [
        (
            [(k, str(v)) for k, v in part.items() if k != "Content-Type"],
            "" if part.is_multipart() else part.get_content(),  # type: ignore[attr-defined]
        )
        for part in parsed.walk()
    ]


@settings(max_examples=400)
@given(subject=HEADER_TEXT, body=BODY_TEXT, name=HEADER_TEXT, reference=HEADER_TEXT)
@example(subject=" ends with blanks ", body="", name="", reference="")
@example(subject="x" * 70, body=".\r\n.dots\n\rFrom here\x0b\x85on", name="Jö", reference="a  b")
@example(subject="a,b;c " * 12, body="long " * 300, name='"q" <x>', reference=" <a@b> <c@d>")
@example(subject="tab\there", body="\n\n", name="=?utf-8?q?x?=", reference="x\x7f")
def test_a_plain_text_is_the_same_byte_for_byte(
    subject: str, body: str, name: str, reference: str
) -> None:
    headers = STAMPS | {"References": reference}
    mail = plain(subject, body, headers=headers, reply_to=[f"{name} <reply@desk.example>"])
    try:
        expected = by_django(mail)
    except ValueError:  # Django's BadHeaderError among them
        with pytest.raises(ValueError):
            wire_form(mail)
    else:
        assert wire_form(mail) == expected


def test_a_plain_text_needs_no_tree_of_parts() -> None:
    with mock.patch.object(EmailMultiAlternatives, "message") as tree:
        wire_form(plain("Grüße", "Teterboro → Aspen"))
    tree.assert_not_called()


@settings(max_examples=150)
@given(
    subject=st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200),
    body=BODY_TEXT,
)
def test_two_versions_read_like_the_mail_django_writes(subject: str, body: str) -> None:
    mail = with_html(subject, body)
    assert parts_of(wire_form(mail)) == parts_of(by_django(mail))


@pytest.mark.parametrize(
    "mail",
    [
        plain(cc=["ed@jets.example"]),
        plain(headers={}),
        plain(headers=STAMPS | {"From": "other@desk.example"}),
        plain(body="x" * 5000),
        plain(body="é" * 500),
        plain(attachments=[("offer.txt", "text", "text/plain")]),
    ],
    ids=["copy", "unstamped", "other sender", "long line", "long in bytes", "attachment"],
)
def test_what_is_no_single_plain_text_goes_as_django_writes_it(mail: EmailMessage) -> None:
    stamp = {"return_value": STAMPS["Message-ID"]}
    with (
        mock.patch("django.core.mail.message.make_msgid", **stamp),
        mock.patch("django.core.mail.message.formatdate", return_value=STAMPS["Date"]),
        mock.patch("email.generator._make_boundary", return_value="boundary"),
        mock.patch("email.generator.Generator._make_boundary", return_value="boundary"),
    ):
        assert wire_form(mail) == by_django(mail)


@pytest.mark.parametrize("name", ["Message-ID", "In-Reply-To"])
def test_an_id_is_never_folded(name: str) -> None:
    for mail in (plain(headers=STAMPS | {name: LONG_ID}), with_html("Hi", "Text")):
        mail.extra_headers = STAMPS | {name: LONG_ID}
        assert f"{name}: {LONG_ID}\r\n".encode() in wire_form(mail)


@pytest.mark.parametrize("headers", [{"X-Note": "a\nBcc: all@jets.example"}, {"X-Note": "a\rb"}])
def test_no_header_breaks_out(headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="newlines"):
        wire_form(plain(headers=STAMPS | headers))
    with pytest.raises(ValueError, match="newlines"):
        wire_form(plain(subject="Hi\r\nBcc: all@jets.example"))


def test_no_line_is_longer_than_the_protocol_allows() -> None:
    for mail in (plain("word " * 300, "x" * 5000), with_html("word " * 300, "x" * 5000)):
        assert max(len(line) for line in wire_form(mail).split(b"\r\n")) <= 998
