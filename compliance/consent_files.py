"""Consents collected elsewhere, taken in from a file: each with the words it was given in."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils import timezone

from compliance.addresses import BadAddressError, kind_of
from compliance.cells import BadRowError, moment, word, yes
from compliance.choices import AddressKind, AffirmativeAct, ConsentKind, ConsentPurpose
from compliance.consent import ConsentError, Given, record, values
from compliance.models import Consent
from compliance.spreadsheets import Report, read_lines

COLUMNS = (
    "address_kind", "address", "person_name", "kind", "channels", "purpose", "seller", "text",
    "automation_shown", "not_condition_shown", "concerns_role", "affirmative_act", "source",
    "page_url", "form", "collected_by", "given_at", "ip", "user_agent", "expires_at",
)  # fmt: skip
SAME = ("address_kind", "address", "seller", "given_at", "text_hash")
REQUIRED = ("address", "kind", "channels", "source", "given_at")

Progress = Callable[[int], None]


def import_consents(
    file: IO[bytes],
    *,
    actor: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Record a consent a row, each in its own transaction; the same row again changes nothing.

    Raises `spreadsheets.BadFileError` for a file that is no table with our columns.
    """
    report = Report()
    now = timezone.now()
    for done, line in enumerate(read_lines(file, columns=COLUMNS, required=REQUIRED), start=1):
        try:
            if line.problem:
                raise BadRowError(line.problem)
            given = parse_row(line.cells, now=now)
            if _take_in(given, actor=actor, dry_run=dry_run):
                report.created += 1
            else:
                report.unchanged += 1
        except (BadRowError, BadAddressError, ConsentError) as refusal:
            report.rejected.append((line.number, str(refusal)))
        if progress:
            progress(done)
    return report


def parse_row(cells: dict[str, str], *, now: datetime) -> Given:
    """One row as a value; BadRowError says which cell can't be read. Pure."""
    address = cells.get("address", "")
    if not cells.get("given_at"):
        raise BadRowError("Without the moment it was given a consent proves nothing.")
    ends = cells.get("expires_at", "")
    return Given(
        address_kind=word(cells, "address_kind", AddressKind, kind_of(address)),
        address=address,
        person_name=cells.get("person_name", ""),
        kind=word(cells, "kind", ConsentKind, ""),
        channels=tuple(re.findall(r"\w+", cells.get("channels", "").lower())),
        purpose=word(cells, "purpose", ConsentPurpose, ConsentPurpose.MARKETING),
        seller=cells.get("seller", ""),
        text=cells.get("text", ""),
        automation_shown=yes(cells, "automation_shown"),
        not_condition_shown=yes(cells, "not_condition_shown"),
        concerns_role=yes(cells, "concerns_role"),
        affirmative_act=word(cells, "affirmative_act", AffirmativeAct, AffirmativeAct.NONE),
        source=cells.get("source", ""),
        page_url=cells.get("page_url", ""),
        form=cells.get("form", ""),
        collected_by=cells.get("collected_by", ""),
        given_at=moment(cells["given_at"], now),
        ip=cells.get("ip") or None,
        user_agent=cells.get("user_agent", ""),
        expires_at=moment(ends, datetime.max.replace(tzinfo=now.tzinfo)) if ends else None,
    )


def _take_in(given: Given, *, actor: str, dry_run: bool) -> bool:
    """Whether this is a new record."""
    columns = values(given)
    known = Consent.objects.filter(**{name: columns[name] for name in SAME}).exists()
    if not known and not dry_run:
        with transaction.atomic():
            record(given, actor=actor)
    return not known
