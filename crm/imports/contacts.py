"""Takes a portion of a list of people in: one row a person, with their company."""

from collections.abc import Iterator, Sequence

from compliance.choices import LineType
from crm.choices import PointKind
from crm.imports.changes import Changes
from crm.imports.employers import Employers
from crm.imports.matching import KnownPeople, check_name
from crm.imports.people import Draft, add_phones, read_draft
from crm.imports.portion import Portion, Run, portion_of
from crm.imports.problems import Reason, RefusedRowError
from crm.imports.table import Row
from crm.imports.tally import count
from crm.models import Contact

EXAMPLE = "full_name,title,email,phone,company,domain,country"


def take_in_people(rows: Sequence[Row], run: Run) -> Portion:
    """Create or complete a person a row, with a fixed number of statements.

    Every row ends in a count or in `rejected`.
    """
    with portion_of(run) as done:
        drafts = list(_readable(rows, done))
        employers = Employers(drafts, run.origin, run.source)
        drafts = list(_placed(drafts, employers, run.plan.country, done))
        known = KnownPeople(drafts)
        changes = Changes(run)
        taken = _claimed(drafts, known, run)
        for draft in drafts:
            try:
                # Once more: a row above may have brought the company along.
                draft.company = employers.find(draft)
                contact = known.find(draft, lambda one: f"c:{one.pk}" not in taken)
                _check_new(draft, contact, taken)
                if contact:
                    check_name(draft, contact, known)
            except RefusedRowError as refusal:
                done.rejected.append((draft.row, refusal))
                continue
            employers.settle(draft)
            contact = _take_in(draft, contact, known, changes, done)
            _claim(draft, contact, taken, done)
        count_made(done, employers, run)
        employers.write(actor=run.actor)
        changes.write(lines_held(known))
    return done


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
            add_phones(draft, region=region_of(draft, country))
        except RefusedRowError as refusal:
            done.rejected.append((draft.row, refusal))
            continue
        yield draft


def region_of(draft: Draft, country: str) -> str:
    """The country whose numbers the row writes: its own, its company's, else the list's."""
    return draft.country or (draft.company.country if draft.company else "") or country


def _take_in(
    draft: Draft, contact: Contact | None, known: KnownPeople, changes: Changes, done: Portion
) -> Contact:
    if contact is None:
        contact, outcome = changes.make(draft), "created"
        changes.add_points(contact, draft, [])
        done.contacts += 1
    else:
        noted = len(changes.points_changed)
        fields = changes.complete(contact, draft)
        new = changes.add_points(contact, draft, known.points[contact.pk])
        is_changed = fields or new or len(changes.points_changed) > noted
        outcome = "updated" if is_changed else "unchanged"
    done.count(outcome)
    count(done.tally, draft.points)
    done.flagged += [(draft.row, flag) for flag in draft.flags]
    news = changes.told()
    done.sample(outcome, draft.row, str(contact), lambda: facts_of(draft), lambda: news)
    return contact


def facts_of(draft: Draft) -> dict[str, str]:
    """What a row says of a person, for a page."""
    facts = {"company": str(draft.company or ""), "role": draft.role}
    for kind in PointKind:
        facts[kind.label] = ", ".join(one.value for one in draft.points if one.kind == kind)
    return {**facts, "tags": ", ".join(draft.tags), "source": draft.source}


def count_made(done: Portion, employers: Employers, run: Run) -> None:
    """How many companies are new; a dry run, which keeps none, knows those of rows before."""
    keys = employers.keys()
    before = run.seen.find(keys) if run.dry_run else {}
    done.companies = sum(key not in before for key in keys)
    done.claims |= dict.fromkeys(keys, 0)


def lines_held(known: KnownPeople) -> dict[str, LineType]:
    """What the numbers of known people are known to be."""
    return {
        point.value: LineType(point.line_type)
        for points in known.points.values()
        for point in points
        if point.kind == PointKind.PHONE and point.line_type != LineType.UNKNOWN
    }


def _claimed(drafts: Sequence[Draft], known: KnownPeople, run: Run) -> dict[str, int]:
    """What of these rows and people earlier rows of the list have claimed, with their number."""
    asked = {key for draft in drafts for key in (*draft.keys(), *_loose(draft))}
    return run.seen.find(asked | {f"c:{pk}" for pk in known.people})


def _claim(draft: Draft, contact: Contact, taken: dict[str, int], done: Portion) -> None:
    for key in dict.fromkeys((*draft.keys(), *_loose(draft), f"c:{contact.pk}")):
        taken.setdefault(key, draft.row.number)
        done.claims.setdefault(key, draft.row.number)


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
            words = f"The same person stands in row {taken[key]} already."
            if value:
                words = (
                    f"{value} stands in row {taken[key]} already, and belongs to one person. "
                    "If they are two, give this one an address of their own."
                )
            raise RefusedRowError(Reason.DUPLICATE, words, column=column, value=value)
