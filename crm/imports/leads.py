"""Takes a portion of a list of leads in: one row a person at a property, or a person alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from crm.imports import cells as read
from crm.imports import figures
from crm.imports.changes import Changes
from crm.imports.contacts import count_made, facts_of, lines_held, region_of
from crm.imports.employers import Employers
from crm.imports.matching import KnownPeople, check_name
from crm.imports.parcels import LeadDraft, Parcels
from crm.imports.people import NO_ADDRESS, add_phones, read_draft
from crm.imports.portion import Portion, Run, portion_of
from crm.imports.problems import BadFileError, Reason, RefusedRowError
from crm.imports.table import Row, Table
from crm.imports.tally import count
from crm.models import Contact
from crm.wishes import Said, pairs_of, said_at

EXAMPLE = "parcel_id,county,state,owner_name,phone,email,source"
LENGTHS = {
    "situs_address": 200, "city": 120, "distress_reason": 200, "tier": 10, "market": 80,
}  # fmt: skip
NO_PLACE = (
    "A parcel is known by its county and state: {missing} not told. Add the column, or give it "
    "for the whole list (--county “Orange” --state FL, or the default of a profile)."
)


def check_leads(table: Table) -> None:
    """BadFileError for a list of parcels that nothing tells the county or state of."""
    told = {one for one in table.fields if one} | {n for n, v in table.plan.defaults.items() if v}
    missing = [name for name in ("county", "state") if name not in told]
    if "parcel_id" in told and missing:
        raise BadFileError(NO_PLACE.format(missing=_listed(missing)))


def take_in_leads(rows: Sequence[Row], run: Run) -> Portion:
    """Create or complete a lead a row, with its person and property.

    A lead is known by its property (state, county, parcel) and its person; several people at one
    property are several leads. Every row ends in a count or in `rejected`.
    """
    with portion_of(run) as done:
        has_parcels = _has_parcels(rows)
        drafts = list(_readable(rows, done, has_parcels))
        employers = Employers([one.person for one in drafts], run.origin, run.source)
        drafts = list(_placed(drafts, employers, run, done))
        parcels = Parcels(Changes(run))
        parcels.read(drafts)
        known = KnownPeople([one.person for one in drafts], also=parcels.owners(drafts))
        parcels.read_people(drafts, list(known.people))
        taking = _Taking(run, done, employers, known, parcels)
        taking.read_claims(drafts)
        taking.read_wishes(drafts)
        for draft in drafts:
            try:
                taking.take_in(draft)
            except RefusedRowError as refusal:
                done.rejected.append((draft.person.row, refusal))
        count_made(done, employers, run)
        employers.write(actor=run.actor)
        parcels.changes.write(lines_held(known))
        parcels.write()
    return done


class _Taking:
    """One portion's rows, one by one."""

    def __init__(
        self, run: Run, done: Portion, employers: Employers, known: KnownPeople, parcels: Parcels
    ) -> None:
        self.run, self.done, self.employers = run, done, employers
        self.known, self.parcels = known, parcels
        self.taken: dict[str, int] = {}
        self.said = Said({})

    def read_wishes(self, drafts: Sequence[LeadDraft]) -> None:
        """What was said to us at any address of these rows and of the people they mean."""
        told = [(one.kind, one.value) for draft in drafts for one in draft.person.points]
        held = [(one.kind, one.value) for own in self.known.points.values() for one in own]
        self.said = said_at(pairs_of([*told, *held]))

    def read_claims(self, drafts: Sequence[LeadDraft]) -> None:
        """What earlier rows of the list have claimed, with their number."""
        asked = {key for draft in drafts for key in (*draft.keys(), *_claims(draft))}
        asked |= {f"c:{pk}" for pk in self.known.people}
        self.taken = self.run.seen.find(asked)

    def take_in(self, draft: LeadDraft) -> None:
        """Settle one row; RefusedRowError leaves nothing of it behind."""
        person, taken = draft.person, self.taken
        person.company = self.employers.find(person)
        self._check_new(draft)
        contact = self.known.find(person, lambda one: True)
        if contact:
            check_name(person, contact, self.known)
        elif owner := self.parcels.owner(draft):
            contact = self.known.people[owner.pk]
        self.employers.settle(person)
        is_new = contact is None
        contact, person_changed = self._settle_person(draft, contact)
        at = _at(draft)
        place, place_changed = self.parcels.settle_property(draft, is_claimed=at in taken)
        if place is not None and place._state.adding and place_changed and at not in taken:
            self.done.properties += 1
        key = f"L:{at}|{contact.pk if contact else ''}"
        outcome = self.parcels.settle_lead(
            draft, place, contact, is_claimed=key in taken, is_stopped=self._is_stopped(contact)
        )
        if outcome == "unchanged" and (person_changed or place_changed):
            outcome = "created" if is_new else "updated"
        if is_new and contact and not any(one in taken for one in _claims(draft)[1:]):
            self.done.contacts += 1
        self._claim(draft, contact, key)
        self.done.count(outcome)
        count(self.done.tally, person.points)
        news = self.parcels.changes.told()
        self.done.flagged += [(person.row, flag) for flag in person.flags]
        self.done.sample(
            outcome, person.row, _title(draft, contact), lambda: _facts(draft), lambda: news
        )

    def _is_stopped(self, contact: Contact | None) -> bool:
        held = self.known.points[contact.pk] if contact else ()
        return self.said.wants_nothing(pairs_of((one.kind, one.value) for one in held))

    def _settle_person(
        self, draft: LeadDraft, contact: Contact | None
    ) -> tuple[Contact | None, bool]:
        person, changes = draft.person, self.parcels.changes
        if not draft.is_of_somebody:
            return None, False
        if contact is None:
            contact = changes.make(person)
            self.known.learn(contact, changes.add_points(contact, person, []))
            return contact, True
        is_claimed = f"c:{contact.pk}" in self.taken
        noted = len(changes.points_changed)
        fields = changes.complete(contact, person, fill_only=is_claimed)
        held = self.known.points[contact.pk]
        new = changes.add_points(contact, person, held, fill_only=is_claimed)
        self.known.learn(contact, new)
        return contact, bool(fields or new or len(changes.points_changed) > noted)

    def _check_new(self, draft: LeadDraft) -> None:
        own, person = draft.keys(), draft.person
        if all(key in self.taken for key in own):
            words = f"The same lead stands in row {self.taken[own[0]]} already."
            raise RefusedRowError(
                Reason.DUPLICATE, words, column="parcel_id", value=draft.parcel_id
            )
        for email in person.emails if person.folded else ():
            first = self.taken.get(f"e:{email}")
            if first and f"en:{email}|{person.folded}" not in self.taken:
                if read.is_role_account(email):
                    continue
                words = (
                    f"{email} stands in row {first} under another name. If both are right, "
                    "leave the address out of one of the rows."
                )
                raise RefusedRowError(Reason.SHARED, words, column="email", value=email)

    def _claim(self, draft: LeadDraft, contact: Contact | None, key: str) -> None:
        own = [*draft.keys(), *_claims(draft), key]
        own += [f"c:{contact.pk}"] if contact else []
        for one in dict.fromkeys(own):
            self.taken.setdefault(one, draft.person.row.number)
            self.done.claims.setdefault(one, draft.person.row.number)


def _at(draft: LeadDraft) -> str:
    return "P:" + "|".join(draft.place or ())


def _claims(draft: LeadDraft) -> list[str]:
    """The property, then what tells the person: mailboxes of the named, numbers with the name."""
    person = draft.person
    found = [_at(draft)]
    for email in person.emails if person.folded else ():
        found += [f"e:{email}", f"en:{email}|{person.folded}"]
    return [*found, *(f"p:{number}|{person.folded}" for number in person.numbers())]


def _has_parcels(rows: Sequence[Row]) -> bool:
    return any("parcel_id" in row.cells for row in rows)


def _readable(rows: Sequence[Row], done: Portion, has_parcels: bool) -> Iterator[LeadDraft]:
    for row in rows:
        try:
            yield read_lead(row, has_parcels=has_parcels)
        except RefusedRowError as refusal:
            done.rejected.append((row, refusal))


def read_lead(row: Row, *, has_parcels: bool) -> LeadDraft:
    """The row's values but its phones; RefusedRowError names the cell.

    What a list says of state, county and ZIP is the property's; the owner's own come as
    `owner_state` and `owner_postal_code`.
    """
    person = read_draft(row)
    cells = person.cells
    draft = LeadDraft(
        person,
        parcel_id=figures.parcel(cells.get("parcel_id", "")),
        county=person.county,
        state=_state(cells.get("state", "")) if has_parcels else person.state,
        postal_code=person.postal_code,
        score=figures.number(cells.get("score", ""), "score"),
        source=person.source,
        notes=cells.get("notes", ""),
    )
    for name, most in LENGTHS.items():
        setattr(draft, name, read.short(cells.get(name, ""), most, name))
    draft.deal_value, sign = figures.amount(cells.get("deal_value", ""), "deal_value")
    draft.currency = figures.currency(cells.get("currency", "")) or sign
    if has_parcels:
        _check_place(draft)
        person.county = ""
        person.state = read.state(cells.get("owner_state", ""))
        person.postal_code = cells.get("owner_postal_code", "")[:12]
    return draft


def _state(cell: str) -> str:
    found = read.state(cell)
    if cell and not found:
        words = f"“{cell[:40]}” is no US state; write it like FL or Florida."
        raise RefusedRowError(Reason.BAD_STATE, words, column="state", value=cell)
    return found


def _check_place(draft: LeadDraft) -> None:
    told = {"parcel_id": draft.parcel_id, "county": draft.county, "state": draft.state}
    missing = [name for name, value in told.items() if not value]
    if missing:
        words = f"{_listed(missing).capitalize()} not told, and a parcel is known by all three."
        raise RefusedRowError(Reason.NO_PLACE, words, column=missing[0])


def _listed(names: Sequence[str]) -> str:
    words = [name.replace("_", " ").replace(" id", "") for name in names]
    return f"{' and '.join(words)} {'is' if len(words) == 1 else 'are'}"


def _placed(
    drafts: Sequence[LeadDraft], employers: Employers, run: Run, done: Portion
) -> Iterator[LeadDraft]:
    """The rows whose company is clear and whose numbers can be read."""
    for draft in drafts:
        person = draft.person
        try:
            person.company = employers.find(person)
            add_phones(person, region=region_of(person, run.plan.country), needs_address=False)
            if draft.place is None and not person.points:
                raise RefusedRowError(Reason.NO_ADDRESS, NO_ADDRESS)
            if not draft.is_of_somebody:
                others = [f"{name}: {cell}" for name, cell in (person.row.others or {}).items()]
                draft.notes = "\n".join(filter(None, [draft.notes, *others]))
        except RefusedRowError as refusal:
            done.rejected.append((person.row, refusal))
            continue
        yield draft


def _title(draft: LeadDraft, contact: Contact | None) -> str:
    where = draft.situs_address or (f"parcel {draft.parcel_id}" if draft.parcel_id else "")
    return ", ".join(filter(None, [str(contact) if contact else "", where]))


def _facts(draft: LeadDraft) -> dict[str, Any]:
    return {
        "parcel": draft.parcel_id, "county": draft.county, "state": draft.state,
        "distress": draft.distress_reason, "score": draft.score, "tier": draft.tier,
        "value": draft.deal_value, **facts_of(draft.person),
    }  # fmt: skip
