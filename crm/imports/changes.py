"""What a portion changes about people and their addresses, gathered first and written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from compliance import audit, bulk
from compliance.choices import LineType
from crm import lines
from crm.choices import PointKind, PointState
from crm.imports.people import Draft
from crm.imports.portion import Changed, Run
from crm.imports.problems import Reason, RefusedRowError
from crm.intake import Address
from crm.models import Contact, ContactPoint
from crm.wishes import unite_wishes_of

FIELDS = ("name", "role", "language", "timezone", "country", "state", "postal_code", "county")
MERGED = ("tags", "source", "ai_research_data")
IMPORTED = "imported"  # the key of `ai_research_data` under which lists write


@dataclass(slots=True)
class Changes:
    """The people of a portion: made, changed (with the fields), and what is new of addresses."""

    run: Run
    now: datetime = field(default_factory=timezone.now)
    made: dict[Contact, None] = field(default_factory=dict)
    changed: dict[Contact, dict[str, None]] = field(default_factory=dict)
    points: list[ContactPoint] = field(default_factory=list)
    points_changed: dict[ContactPoint, None] = field(default_factory=dict)
    said: list[Address] = field(default_factory=list)  # the numbers of all rows, with their line
    news: Changed = field(default_factory=list)  # of the row at hand

    def make(self, draft: Draft) -> Contact:
        """A new person, not kept yet."""
        values = {name: value for name in FIELDS if (value := getattr(draft, name))}
        origin = self.run.origin
        contact = bulk.new(
            Contact, batch_id=origin and origin.pk, created_at=self.now, updated_at=self.now,
            tags=draft.tags, source=(draft.source or self.run.source)[:120],
            ai_research_data=_research(draft, {}), **values,
        )  # fmt: skip
        contact.company = draft.company
        self.made[contact] = None
        return contact

    def complete(self, contact: Contact, draft: Draft, *, fill_only: bool = False) -> list[str]:
        """Set what the row says otherwise; a blank cell says nothing. Returns the fields.

        With `fill_only` what stands is left: an earlier row of the list has spoken.
        """
        told = {name: value for name in FIELDS if (value := getattr(draft, name))}
        tags = [*contact.tags, *(one for one in draft.tags if one not in contact.tags)]
        told["tags"] = tags
        if draft.source and not contact.source:
            told["source"] = draft.source
        told["ai_research_data"] = _research(draft, contact.ai_research_data)
        fields = [
            name
            for name, new in told.items()
            if new != (old := getattr(contact, name)) and not (fill_only and old and name in FIELDS)
        ]
        for name in fields:
            self.differs(name, getattr(contact, name), told[name])
            setattr(contact, name, told[name])
        fields += self._move(contact, draft, fill_only)
        if fields and contact not in self.made:
            self.changed.setdefault(contact, {}).update(dict.fromkeys(fields))
        return fields

    def _move(self, contact: Contact, draft: Draft, fill_only: bool) -> list[str]:
        company = draft.company
        if not company or company.pk == contact.company_id or (fill_only and contact.company_id):
            return []
        self.differs("company", contact.company, company)
        if contact.company:
            words = f"{contact} was at {contact.company} and is at {company} now."
            draft.flags.append(RefusedRowError(Reason.MOVED, words, column="company"))
        contact.company = company
        return ["company"]

    def add_points(
        self,
        contact: Contact,
        draft: Draft,
        held: Sequence[ContactPoint],
        *,
        fill_only: bool = False,
    ) -> list[ContactPoint]:
        """The addresses that are new to this person; the first new one of a kind is preferred.

        With `fill_only` one that is preferred already stays it. Of those held, what the list says
        of them is noted; the returned list has the new ones only.
        """
        there = {(point.kind, point.value): point for point in held}
        taken = {point.kind for point in held if point.preferred} if fill_only else set()
        made: list[ContactPoint] = []
        source = (draft.source or self.run.source)[:120]
        for address in draft.points:
            key = (str(address.kind), address.value)
            if known := there.get(key):
                self._say_of(known, address, draft)
                continue
            first = key[0] not in taken
            taken.add(key[0])
            state = PointState.VERIFIED if address.verified else PointState.UNVERIFIED
            point = bulk.new(
                ContactPoint, contact_id=contact.pk, kind=key[0], value=address.value,
                source=source, confidence=address.confidence, preferred=first,
                created_at=self.now, state=state.value,
            )  # fmt: skip
            there[key] = point
            made.append(point)
            if not contact._state.adding:
                self.differs(address.kind, "", address.value)
        self.points += made
        self.said += [one for one in draft.points if one.kind == PointKind.PHONE]
        return made

    def _say_of(self, point: ContactPoint, address: Address, draft: Draft) -> None:
        if address.verified and point.state == PointState.UNVERIFIED:
            point.state = PointState.VERIFIED
        elif draft.confidence is None or point.confidence == address.confidence:
            return
        if draft.confidence is not None:
            point.confidence = address.confidence
        if not point._state.adding:
            self.points_changed[point] = None
            said = f"{point.get_state_display()}, confidence {point.confidence:.0%}"
            self.differs(point.value, "", said.lower())

    def differs(self, name: str, before: Any, after: Any) -> None:
        """The row says otherwise than what stands; see `told`."""
        self.news.append((name.replace("_", " "), shown(before), shown(after)))

    def told(self) -> Changed:
        """What the row at hand changes; from here on the next row's is gathered."""
        found, self.news = self.news, []
        return found

    def write(self, held: dict[str, LineType]) -> None:
        """Keep it all, with history and ledger; `held` is what known numbers are held to be."""
        bulk.insert_with_history(list(self.made))
        if self.changed:
            for contact in self.changed:
                contact.updated_at = self.now
            fields = [*FIELDS, *MERGED, "company", "updated_at"]
            bulk_update_with_history(list(self.changed), Contact, fields)
        self._step_back()
        bulk.insert(self.points)
        ContactPoint.objects.bulk_update(self.points_changed, ["state", "confidence"])
        told, actor = {"source": self.run.source}, self.run.actor
        known = {point.contact_id for point in self.points} - {one.pk for one in self.made}
        if known:
            unite_wishes_of(known, actor=actor)
        for number, line in self._lines_told(held).items():
            lines.learn(number, line, actor=actor, reason=f"said by {self.run.source}")
        acts = [audit.Act("contact.created", one, data=told) for one in self.made]
        acts += [
            audit.Act("contact.changed", one, data={**told, "fields": list(fields)})
            for one, fields in self.changed.items()
        ]
        audit.append_thousands(acts, actor=actor)

    def _step_back(self) -> None:
        """Addresses that were preferred make room for new ones of their kind."""
        new = {contact.pk for contact in self.made}
        for kind in PointKind:
            people = [
                point.contact_id
                for point in self.points
                if point.kind == kind and point.preferred and point.contact_id not in new
            ]
            if people:
                ContactPoint.objects.filter(contact__in=people, kind=kind, preferred=True).update(
                    preferred=False
                )

    def _lines_told(self, held: dict[str, LineType]) -> dict[str, LineType]:
        """The numbers whose line `lines` has to settle: the list says one, or somebody else has."""
        new = {point.value for point in self.points}
        told: dict[str, LineType] = {}
        for address in self.said:
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


def shown(value: Any) -> str:
    """A column's value for a page."""
    if isinstance(value, dict):
        value = [f"{name}: {one}" for name, one in value.get(IMPORTED, {}).items()]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _research(draft: Draft, stands: dict[str, Any]) -> dict[str, Any]:
    """What was found out, with what this row brings under the key of lists."""
    told = {**(draft.row.others or {}), **({"research": draft.research} if draft.research else {})}
    if not told:
        return stands
    before = stands.get(IMPORTED)
    return {**stands, IMPORTED: {**(before if isinstance(before, dict) else {}), **told}}
