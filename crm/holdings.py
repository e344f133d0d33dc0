"""Everything held about a person, gathered from every room, as a ZIP of JSON and their files."""

import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from compliance import audit
from compliance.addresses import as_heard
from compliance.evidence.ledger import lines_of
from compliance.models import Consent, Suppression
from compliance.suppression import keys
from crm.choices import ADDRESS_KINDS, PointKind
from crm.erasure import absorbed_by
from crm.models import (
    Assignment,
    Contact,
    ContactPoint,
    ContactScore,
    Lead,
    LeadScore,
    MergeRecord,
    SegmentMember,
)

IN_MEMORY = 8 * 1024 * 1024  # a larger archive goes to a temporary file


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose holdings: the contact, and their (kind, address) pairs as compliance sees them."""

    contact: Contact
    addresses: tuple[tuple[str, str], ...]

    @property
    def values(self) -> list[str]:
        """The bare addresses in their stored form."""
        return [as_heard(kind, address) for kind, address in self.addresses]


@dataclass(frozen=True, slots=True)
class Part:
    """What one room holds: rows by section, the rows' keys for the ledger, and files by name."""

    sections: dict[str, list[dict[str, Any]]]
    rows: set[tuple[str, str]] = field(default_factory=set)
    files: dict[str, File] = field(default_factory=dict)


Collect = Callable[[Whom], Part]
_rooms: list[Collect] = []


def register(collect: Collect) -> None:
    """Add a room above: `collect(whom)` gives what it holds; called in `AppConfig.ready`."""
    if collect not in _rooms:
        _rooms.append(collect)


@transaction.atomic
def export_person(contact_id: UUID, *, actor: str) -> IO[bytes]:
    """A ZIP with `person.json` and the person's files, open at its beginning; the caller closes.

    That it was handed out is written to the ledger.
    """
    contact = Contact.everybody.get(pk=contact_id).standing
    parts = [room(whom_of(contact)) for room in (_own, _compliance, *_rooms)]
    sections = {name: rows for part in parts for name, rows in part.sections.items()}
    subjects = set[tuple[str, str]]().union(*(part.rows for part in parts))
    sections["ledger"] = [asdict(line) for line in lines_of(subjects)]
    files = {name: file for part in parts for name, file in part.files.items()}
    counts = {name: len(rows) for name, rows in sections.items()} | {"files": len(files)}
    audit.append("contact.exported", contact, actor=actor, data=counts)
    return _archive(contact, sections, files)


def whom_of(contact: Contact) -> Whom:
    """The contact with every address that compliance knows a kind for."""
    points = ContactPoint.objects.filter(contact=contact).values_list("kind", "value")
    return Whom(
        contact,
        tuple(
            (str(ADDRESS_KINDS[PointKind(kind)]), value)
            for kind, value in points
            if kind in ADDRESS_KINDS
        ),
    )


def as_data(row: models.Model) -> dict[str, Any]:
    """Every column of a row by name; files by theirs, raw bytes left to the files."""
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if not isinstance(one, models.BinaryField)
    }


def named(rows: Iterable[models.Model]) -> set[tuple[str, str]]:
    """The rows as the ledger names them."""
    return {(row._meta.label_lower, str(row.pk)) for row in rows}


def _own(whom: Whom) -> Part:
    contact = whom.contact
    leads = list(contact.leads.select_related("property"))
    merged = absorbed_by(contact)
    people = [contact, *merged]
    merges = MergeRecord.objects.filter(Q(contact__in=people) | Q(merged_contact__in=people))
    return Part(
        {
            "contact": [as_data(contact)],
            "addresses": [as_data(row) for row in ContactPoint.objects.filter(contact=contact)],
            "history": [as_data(row) for one in people for row in one.history.all()],
            "merged_into_them": [as_data(row) for row in merged],
            "merges": [as_data(row) for row in merges],
            "leads": [as_data(row) for row in leads],
            "segment": [as_data(row) for row in Assignment.objects.filter(contact=contact)],
            "scores": [
                as_data(row)
                for rows in (
                    ContactScore.objects.filter(contact=contact),
                    LeadScore.objects.filter(lead__in=leads),
                )
                for row in rows
            ],
            "lead_history": [
                as_data(row)
                for row in Lead.history.filter(id__in=[one.pk for one in leads])  # type: ignore[attr-defined]
            ],
            "properties": [as_data(row.property) for row in leads if row.property],
            "segments": [
                {**as_data(row), "segment": str(row.snapshot.version)}
                for row in SegmentMember.objects.filter(contact__in=people).select_related(
                    "snapshot__version__segment"
                )
            ],
            "company": [{"name": contact.company.name}] if contact.company else [],
        },
        named([*people, *leads]),
    )


def _compliance(whom: Whom) -> Part:
    wanted = {key for kind, address in whom.addresses for key in keys(kind, address)}
    suppressions = list(Suppression.objects.filter(address__in=wanted))
    consents = list(Consent.objects.filter(address__in=whom.values))
    return Part(
        {
            "suppressions": [as_data(row) for row in suppressions],
            "consents": [as_data(row) for row in consents],
        },
        named(suppressions) | named(consents),
        {
            f"consents/{row.pk}-{safe(row.evidence_name)}": row.evidence
            for row in consents
            if row.evidence
        },
    )


def safe(name: str) -> str:
    """A stranger's file name without anything that could lead out of the archive's folder."""
    kept = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in name[-100:])
    return re.sub(r"\.{2,}", ".", kept).strip(". ") or "file"


def _archive(contact: Contact, sections: dict[str, Any], files: dict[str, File]) -> IO[bytes]:
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the caller closes
    missing = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in sorted(files.items()):
            try:
                with file.open("rb") as source, archive.open(name, "w") as copy:
                    for chunk in _chunks(source):
                        copy.write(chunk)
            except FileNotFoundError:
                missing.append(name)
        told = {
            "about": str(contact.pk),
            "gathered_at": timezone.now().isoformat(),
            **sections,
            "files_missing": missing,
        }
        archive.writestr("person.json", json.dumps(told, default=str, ensure_ascii=False, indent=1))
    target.seek(0)
    return target


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(64 * 1024):
        yield chunk
