"""Broken and hostile mail: never a crash, never a person taken for a machine's dead address."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.inbound.notices.evaluate import read_folder
from outreach.inbound.notices.read import read_notice
from outreach.inbound.notices.reading import Kind
from outreach.inbound.parse import parse_mail

TODAY = date(2026, 11, 20)
HEADS = st.sampled_from(
    [
        b"From: MAILER-DAEMON\nSubject: failure notice\n",
        b"Content-Type: multipart/report; boundary=x;\n report-type=delivery-status\n",
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n",
        b"Content-Type: message/feedback-report\n",
        b"Auto-Submitted: auto-replied\nDate: not a date\nSubject: =?utf-7?B?+AGE-?=\n",
        b"Content-Type: text/calendar; charset=\xff\n",
        b"",
    ]
)
PARTS = st.lists(
    st.sampled_from(
        [
            b"--x\nContent-Type: message/delivery-status\n\n",
            b"Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n",
            b"--x\nContent-Type: message/rfc822\n\nTo: \xc3\x28\nMessage-ID: <a@b>\n\n",
            b"<a@b.example>:\n550 no such user\n",
            b"I am away until 31 February 2027, ask x@y.example.\n",
            b"\x00\xff\xfe--x--\n",
        ]
    )
    | st.binary(max_size=60),
    max_size=8,
)


@given(HEADS, PARTS)
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_reader_fall(head: bytes, parts: list[bytes]) -> None:
    reading = read_notice(head + b"\n" + b"".join(parts), today=TODAY)
    assert reading.kind in Kind


def test_a_mail_nested_without_end_is_read() -> None:
    raw = b"From: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n"
    for number in range(200):
        raw += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number)
    raw += b"\nuser unknown <a@b.example>"
    assert read_notice(raw, today=TODAY).kind in Kind


def test_two_hundred_kilobytes_are_read_in_time() -> None:
    body = b"the mail could not be sent to anybody 550 a@b.example \n" * 4000
    raw = b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + body
    assert read_notice(raw, today=TODAY).kind is Kind.BOUNCE


@pytest.mark.parametrize(
    "head",
    [
        b"From: =?u\xfftf-8?B?YQ==?= <a@b.example>\nSubject: =?utf-8?B?////?=\n",
        b"From: \xff\xfe MAILER-DAEMON\nSubject: failure notice\n",
        b'Content-Type: text/plain; charset="utf\x00-8"\n',
        b'Content-Type: message/delivery-status; charset="\xff"\n',
    ],
)
def test_charsets_that_are_none_are_read_as_well_as_can_be(head: bytes) -> None:
    raw = head + b"\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n\nHello\n"
    assert read_notice(raw, today=TODAY).kind in Kind
    assert parse_mail(raw)


def test_a_file_that_cannot_be_read_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to(tmp_path / "gone")
    (tmp_path / "b.eml").write_bytes(
        b"From: MAILER-DAEMON\nSubject: failure notice\n\nno such user"
    )
    assert [line["file"] for line in read_folder(tmp_path, TODAY)] == ["b.eml"]
