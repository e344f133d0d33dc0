"""Says what kind of mail came in: reports by their form first, words last, people in doubt."""

import re
from datetime import date

from outreach.inbound.notices.absence import read_absence
from outreach.inbound.notices.automatic import declared, generated, read_automatic
from outreach.inbound.notices.feedback import read_feedback
from outreach.inbound.notices.forms import says
from outreach.inbound.notices.opened import Opened, fields, open_mail
from outreach.inbound.notices.reading import Absence, Delivery, Kind, Reading
from outreach.inbound.notices.recipients import ours
from outreach.inbound.notices.reports import read_report
from outreach.inbound.notices.returned import comes_from_daemon, is_notice, read_words
from outreach.inbound.reply_text import split_reply

MOST_REASON = 300
ANSWERED = re.compile(r"(?:re|aw|sv|fwd?|wg|tr|rv|rif|отв|пересл)\s?:", re.IGNORECASE)


def read_notice(raw: bytes, *, today: date) -> Reading:
    """Read one raw mail; never raises on its content.

    The order is that of certainty: feedback reports (RFC 5965), delivery reports (RFC 3464) and
    notices of lost mail in words, then automatic answers (RFC 3834), then a person. `today` is
    the day it came, for "back on Monday", where the mail names no date of its own.
    """
    opened = open_mail(raw)
    complaint = read_feedback(opened)
    if complaint:
        return _about(opened, complaint)
    delivered = _deliveries(opened, raw)
    if delivered:
        return _about(opened, delivered)
    reply = split_reply(opened.text)
    reading = read_automatic(opened, reply.own_text)
    if reading is None:
        return Reading(Kind.REPLY, "person", "A person wrote it.")
    if reading.kind is Kind.OUT_OF_OFFICE or reading.form == "gone":
        absence = read_absence(
            f"{_without_subject(reply.own_text, opened)}\n{says('dated absence', opened.subject)}",
            sender=opened.mail.from_email,
            ours={*ours(opened)},
            today=_day(opened, today),
        )
        words = _in_words(reading, absence)
        return Reading(reading.kind, reading.form, words, absence=absence)
    return reading


def _deliveries(opened: Opened, raw: bytes) -> Reading | None:
    automatic = bool(declared(opened)) or generated(opened)
    report = "delivery" in opened.reports or (
        "report-type=delivery-status"
        in opened.headers.get("content-type", "").replace('"', "").lower()
    )
    machine = automatic or comes_from_daemon(opened)
    if not machine and ANSWERED.match(opened.subject):
        return None  # a person who passes a notice on
    if not report and not is_notice(opened, automatic=automatic):
        return None
    found = read_report(opened) if report or machine else []
    if not found:
        return _reading(read_words(opened, raw), "notice in words", opened)
    found = _completed(found, opened, raw)
    return _reading(found, "delivery report", opened)


def _completed(found: list[Delivery], opened: Opened, raw: bytes) -> list[Delivery]:
    """A report without a recipient or with no reason may have them in its words."""
    if found[0].recipient and "@" in found[0].recipient:
        return found
    told = read_words(opened, raw)
    if told and told[0].recipient:
        first = found[0]
        return [Delivery(first.kind, told[0].recipient, first.status, first.said, first.cause)]
    return found


def _reading(found: list[Delivery], form: str, opened: Opened) -> Reading:
    worst = found[0]
    said = " ".join(worst.said.split())[:MOST_REASON]
    meaning = worst.cause.meaning if worst.cause else ""
    words = said or opened.subject
    reason = " ".join(part for part in (meaning, words) if part)
    return Reading(worst.kind, form, reason, deliveries=tuple(found))


def _about(opened: Opened, reading: Reading) -> Reading:
    """The same, with the Message-ID of our mail that it is about."""
    report = fields(opened.reports.get("delivery", "") + "\n" + opened.reports.get("feedback", ""))
    told = [*fields(opened.returned[:50_000]), *report]
    names = ("message-id", "x-original-message-id", "original-message-id", "x-messageid")
    found = next((value for name, value in told if name in names and "@" in value), "")
    match = re.search(r"<[^<>\s]{3,250}>", found)
    return Reading(
        reading.kind, reading.form, reading.reason, reading.deliveries, reading.about,
        original_id=match.group() if match else "", technical=reading.technical,
    )  # fmt: skip


def _in_words(reading: Reading, absence: Absence) -> str:
    """Why it is one, with what matters of it in front."""
    until = f"Away until {absence.return_on:%d %b %Y}. " if absence.return_on else ""
    instead = " ".join(word for word in (absence.stand_in_name, absence.stand_in) if word)
    return f"{until}{f'Ask instead: {instead}. ' if instead else ''}{reading.reason}"


def _without_subject(text: str, opened: Opened) -> str:
    """An absence note that names our subject does not mean the dates in it."""
    title = re.sub(r"^(?:[\w ]{1,25}:\s*)+", "", opened.mail.subject)
    return text.replace(title, " ") if re.search(r"\d", title) else text


def _day(opened: Opened, today: date) -> date:
    try:
        return date.fromisoformat(opened.mail.date[:10])
    except ValueError:
        return today
