"""Writes down who takes part in a thread, from the sender and the recipients of a mail."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from compliance.addresses import BadAddressError, normalise_email
from crm.models import ContactPoint
from outreach.choices import ParticipantRole
from outreach.inbound.notices.forms import says
from outreach.inbound.parse import ParsedMail
from outreach.models import Enrollment, Mailbox, Participant

MOST = 20  # of one thread; a mail to five hundred is no conversation
LONGEST_NAME = 160
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class Seen:
    """One address of a mail, normalised, with the name shown for it; `role` as in the model."""

    role: ParticipantRole
    name: str
    value: str


def parse_people(mail: ParsedMail, *, ours: Collection[str], domain: str) -> list[Seen]:
    """Sender first, then To, then Cc: each once, without us and without machines. Pure.

    `ours` are addresses in lower case, `domain` is that of the reply addresses.
    """
    said = [(ParticipantRole.WROTE, mail.from_name, mail.from_email)]
    said += [(ParticipantRole(role), name, address) for role, name, address in mail.people]
    found: dict[str, Seen] = {}
    for role, name, address in said:
        value = _readable(address)
        if not value or value in found or value in ours or value.endswith(f"@{domain.lower()}"):
            continue
        if says("robot address", value) or says("never a person", value):
            continue
        found[value] = Seen(role, _shown(name), value)
        if len(found) == MOST:
            break
    return list(found.values())


def _readable(address: str) -> str:
    try:
        value = normalise_email(address)
    except BadAddressError:
        return ""
    return value if len(value) <= LONGEST_ADDRESS else ""


def _shown(name: str) -> str:
    """A name on one line, without the signs that turn or hide what stands around it."""
    seen = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    return " ".join(seen.split())[:LONGEST_NAME]


def note_mail(enrollment: Enrollment, mail: ParsedMail, *, at: datetime) -> None:
    """Keep everybody of the mail as participants of its thread, MOST at the most.

    In the caller's transaction, which holds the thread. Who writes takes the place of somebody
    who was only copied in; a mail worked off again changes nothing.
    """
    seen = parse_people(mail, ours=_our_addresses(), domain=settings.INBOUND_DOMAIN)
    rows = {row.value: row for row in Participant.objects.filter(enrollment=enrollment)}
    holders = _holders(enrollment, [one.value for one in seen])
    room = MOST - len(rows)
    fresh: list[Participant] = []
    for one in seen:
        row = rows.get(one.value)
        if row is not None:
            _complete(row, one)
        elif room > 0 or (one.role == ParticipantRole.WROTE and _make_room(rows.values())):
            room -= 1
            fresh.append(
                Participant(
                    enrollment=enrollment, value=one.value, name=one.name, role=one.role,
                    contact_id=holders.get(one.value), first_seen=at,
                )
            )  # fmt: skip
    Participant.objects.bulk_create(fresh, ignore_conflicts=True)


def _our_addresses() -> set[str]:
    """Our senders and our own people, who are asked in by name in half of all threads."""
    boxes = Mailbox.objects.exclude(from_email="").values_list("from_email", flat=True)
    staff = User.objects.filter(is_staff=True).exclude(email="").values_list("email", flat=True)
    return {address.lower() for address in (*boxes, *staff)}


def _holders(enrollment: Enrollment, values: Sequence[str]) -> dict[str, UUID]:
    """Whose an address is already: the person's of the thread, before a colleague's."""
    whose = Q(contact=enrollment.contact_id)
    if enrollment.company_id:
        whose |= Q(contact__company=enrollment.company_id)
    points = ContactPoint.objects.filter(whose, kind="email", value__in=values)
    held = list(points.order_by("created_at").values_list("value", "contact"))
    held.sort(key=lambda pair: pair[1] == enrollment.contact_id)
    return dict(held)


def _complete(row: Participant, one: Seen) -> None:
    """Who was copied in and now writes has written; a name once shown stays."""
    changed = []
    if one.role == ParticipantRole.WROTE and row.role != ParticipantRole.WROTE:
        row.role = ParticipantRole.WROTE
        changed.append("role")
    if one.name and not row.name:
        row.name = one.name
        changed.append("name")
    if changed:
        row.save(update_fields=changed)


def _make_room(rows: Iterable[Participant]) -> bool:
    """Drop the last of those who were only copied in and are nobody we know."""
    silent = [r for r in rows if r.role != ParticipantRole.WROTE and r.contact_id is None]
    if not silent:
        return False
    max(silent, key=lambda row: (row.first_seen, row.value)).delete()
    return True
