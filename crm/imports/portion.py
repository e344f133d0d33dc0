"""Takes a portion of people in with a fixed number of statements, in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from compliance import audit, bulk
from compliance.choices import LineType
from crm import lines
from crm.choices import PointKind
from crm.imports.batches import note
from crm.imports.employers import Employers
from crm.imports.matching import KnownPeople
from crm.imports.people import Draft, add_phones, read_draft
from crm.imports.problems import Reason, RefusedRowError
from crm.imports.seen import Seen
from crm.imports.table import Row
from crm.intake import Address
from crm.models import Contact, ContactPoint, ImportBatch

TURN = 0x0A77AC4E  # any number, the same in every process: imports take turns
FIELDS = ("name", "role", "language", "timezone", "country", "state", "postal_code")


@dataclass(slots=True)
class Portion:
    """What became of some rows; `claims` are remembered once the transaction stands."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    companies: int = 0
    rejected: list[tuple[Row, RefusedRowError]] = field(default_factory=list)
    flagged: list[tuple[Row, RefusedRowError]] = field(default_factory=list)
    claims: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """As the record of the import has them; each row is in one of the four outcomes."""
        known = self.created + self.updated + self.unchanged
        return {
            "read": known + len(self.rejected),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "companies_created": self.companies,
        }


@dataclass(slots=True)
class _Changes:
    batch: ImportBatch | None
    now: datetime = field(default_factory=timezone.now)
    made: list[Contact] = field(default_factory=list)
    changed: dict[Contact, list[str]] = field(default_factory=dict)
    points: list[ContactPoint] = field(default_factory=list)
    said: list[Address] = field(default_factory=list)  # the numbers of all rows, with their line


def take_in_people(
    rows: Sequence[Row],
    *,
    seen: Seen,
    source: str,
    country: str,
    actor: str,
    batch: ImportBatch | None,
) -> Portion:
    """Create or complete a person a row; every row ends in a count or in `rejected`.

    `country` is the region of numbers where neither the row nor its company names one; without a
    `batch` nothing is kept.
    """
    done = Portion()
    drafts = list(_readable(rows, done))
    with transaction.atomic():
        take_turn()
        employers = Employers(drafts, batch)
        drafts = list(_placed(drafts, employers, country, done))
        known = KnownPeople(drafts)
        changes = _decide(drafts, employers, known, seen, source, done, batch)
        done.companies = len(employers.made)
        employers.write(source=source, actor=actor)
        _write(changes, known, source=source, actor=actor)
        if batch:
            note(batch, done.counts(), done.rejected)
        else:
            transaction.set_rollback(True)
    return done


def take_turn() -> None:
    """Wait until no other import writes: two of the same list at once must not both see nobody.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _readable(rows: Sequence[Row], done: Portion) -> Iterator[Draft]:
    for row in rows:
        try:
            yield read_draft(row)
        except RefusedRowError as refusal:
            done.rejected.append((row, refusal))


def _placed(
    drafts: Sequence[Draft], employers: Employers, country: str, done: Portion
) -> Iterator[Draft]:
    """The rows whose company is clear and whose numbers can be read."""
    for draft in drafts:
        try:
            draft.company = employers.find(draft)
            region = draft.country or (draft.company.country if draft.company else "") or country
            add_phones(draft, region=region)
        except RefusedRowError as refusal:
            done.rejected.append((draft.row, refusal))
            continue
        yield draft


def _decide(
    drafts: Sequence[Draft],
    employers: Employers,
    known: KnownPeople,
    seen: Seen,
    source: str,
    done: Portion,
    batch: ImportBatch | None,
) -> _Changes:
    changes = _Changes(batch)
    asked = {key for draft in drafts for key in (*draft.keys(), *_loose(draft))}
    taken = seen.find(asked | {f"c:{pk}" for pk in known.people})
    for draft in drafts:
        try:
            # Once more: a row above may have brought the company along.
            draft.company = employers.find(draft)
            contact = known.find(draft, lambda one: f"c:{one.pk}" not in taken)
            _check_new(draft, contact, taken)
        except RefusedRowError as refusal:
            done.rejected.append((draft.row, refusal))
            continue
        employers.settle(draft)
        if contact is None:
            contact = _make(draft, changes)
            new_points = _points(contact, draft, [], source, changes.now)
            done.created += 1
        else:
            new_points = _points(contact, draft, known.points[contact.pk], source, changes.now)
            fields = _complete(contact, draft, done)
            if fields:
                changes.changed[contact] = fields
            outcome = "updated" if fields or new_points else "unchanged"
            setattr(done, outcome, getattr(done, outcome) + 1)
        changes.points += new_points
        changes.said += [one for one in draft.points if one.kind == PointKind.PHONE]
        done.flagged += [(draft.row, flag) for flag in draft.flags]
        claimed = dict.fromkeys(
            (*draft.keys(), *_loose(draft), f"c:{contact.pk}"), draft.row.number
        )
        for key, number in claimed.items():
            taken.setdefault(key, number)
            done.claims.setdefault(key, number)
    return changes


def _loose(draft: Draft) -> list[str]:
    """Numbers by themselves: they only bar a row that has nothing else."""
    return [f"P:{number}" for number in draft.numbers()]


def _check_new(draft: Draft, contact: Contact | None, taken: dict[str, int]) -> None:
    own = draft.keys()
    if not draft.folded and not draft.emails:
        own += _loose(draft)
    if contact:
        own.append(f"c:{contact.pk}")
    for key in own:
        if key in taken:
            value = "" if key.startswith("c:") else key[2:].partition("|")[0]
            column = {"e": "email", "p": "phone", "P": "phone"}.get(key[0], "")
            what = f"with {value} " if value else ""
            words = f"The same person {what}stands in row {taken[key]} already."
            raise RefusedRowError(Reason.DUPLICATE, words, column=column, value=value)


def _make(draft: Draft, changes: _Changes) -> Contact:
    values = {name: getattr(draft, name) for name in FIELDS if getattr(draft, name)}
    contact = Contact(
        company=draft.company,
        batch=changes.batch,
        created_at=changes.now,
        updated_at=changes.now,
        **values,
    )
    changes.made.append(contact)
    return contact


def _complete(contact: Contact, draft: Draft, done: Portion) -> list[str]:
    """Set what the row says otherwise; a blank cell says nothing. Returns the fields."""
    fields = [n for n in FIELDS if (new := getattr(draft, n)) and new != getattr(contact, n)]
    for name in fields:
        setattr(contact, name, getattr(draft, name))
    company = draft.company
    if company and company.pk != contact.company_id:
        if contact.company:
            words = f"{contact} was at {contact.company} and is at {company} now."
            done.flagged.append((draft.row, RefusedRowError(Reason.MOVED, words, column="company")))
        contact.company = company
        fields.append("company")
    return fields


def _points(
    contact: Contact, draft: Draft, held: Sequence[ContactPoint], source: str, now: datetime
) -> list[ContactPoint]:
    """The addresses that are new to this person; the first new one of a kind is preferred."""
    there = {(point.kind, point.value) for point in held}
    made: list[ContactPoint] = []
    for address in draft.points:
        key = (str(address.kind), address.value)
        if key in there:
            continue
        there.add(key)
        first = not any(point.kind == key[0] for point in made)
        made.append(
            ContactPoint(
                contact=contact, kind=key[0], value=address.value, source=source[:120],
                confidence=address.confidence, preferred=first,
                created_at=now,
            )
        )  # fmt: skip
    return made


def _write(changes: _Changes, known: KnownPeople, *, source: str, actor: str) -> None:
    bulk.insert_with_history(changes.made)
    if changes.changed:
        now = timezone.now()
        for contact in changes.changed:
            contact.updated_at = now
        bulk_update_with_history(list(changes.changed), Contact, [*FIELDS, "company", "updated_at"])
    _step_back(changes)
    bulk.insert(changes.points)
    for number, line in _lines_told(changes, known).items():
        lines.learn(number, line, actor=actor, reason=f"said by {source}")
    acts = [audit.Act("contact.created", one, data={"source": source}) for one in changes.made]
    acts += [
        audit.Act("contact.changed", one, data={"source": source, "fields": fields})
        for one, fields in changes.changed.items()
    ]
    audit.append_thousands(acts, actor=actor)


def _step_back(changes: _Changes) -> None:
    """Addresses that were preferred make room for new ones of their kind."""
    made = set(changes.made)
    for kind in PointKind:
        people = [
            point.contact_id
            for point in changes.points
            if point.kind == kind and point.preferred and point.contact not in made
        ]
        if people:
            ContactPoint.objects.filter(contact__in=people, kind=kind, preferred=True).update(
                preferred=False
            )


def _lines_told(changes: _Changes, known: KnownPeople) -> dict[str, LineType]:
    """The numbers whose line `lines` has to settle: the list says one, or somebody else's has."""
    held = {
        point.value: LineType(point.line_type)
        for points in known.points.values()
        for point in points
        if point.kind == PointKind.PHONE and point.line_type != LineType.UNKNOWN
    }
    new = {point.value for point in changes.points}
    told: dict[str, LineType] = {}
    for address in changes.said:
        number, line = address.value, address.line_type
        is_news = line not in (LineType.UNKNOWN, held.get(number, LineType.UNKNOWN))
        if is_news or (number in held and number in new):
            before = told.get(number, LineType.UNKNOWN)
            lines_said = {before, line} - {LineType.UNKNOWN}
            if LineType.LANDLINE in lines_said:
                told[number] = LineType.LANDLINE
            else:
                told[number] = line if before == LineType.UNKNOWN else before
    return told
