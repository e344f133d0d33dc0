"""Takes people into a sequence in batches, and says of everybody left out why."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from compliance import audit
from outreach.choices import UNDER_WAY, CampaignKind, CampaignStatus, Channel, EnrollmentStatus
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Enrollment
from outreach.sequences import drafts_now
from outreach.sequences.calendars import act_at, calendar_for
from outreach.sequences.definition import Definition
from outreach.sequences.known_facts import known_of
from outreach.sequences.left_out import Enrolled, LeftOut
from outreach.sequences.people import Person, load_people
from outreach.sequences.planning import Finished, Standing, Touch, next_touch
from outreach.sequences.variants import arm
from outreach.sequences.versions import definition_of

CHUNK = 500
OPEN_CAMPAIGNS = (CampaignStatus.DRAFT, CampaignStatus.ACTIVE, CampaignStatus.PAUSED)
Facts = Mapping[UUID, Mapping[str, str]]


def enroll(
    campaign: Campaign,
    contacts: Iterable[UUID],
    *,
    actor: str,
    facts: Facts | None = None,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
    wake: bool = True,
) -> Enrolled:
    """Enroll everybody who may be, each at their own first touch; the same again adds nobody.

    `facts` by contact id are frozen with the enrollment (`wording.FACTS` names them). Each chunk
    of people is one transaction and a fixed number of queries; `progress` gets the count done.
    First drafts that are due are written right after, unless the caller sees to that (`wake`).
    Raises NotAllowedNow for a campaign that takes nobody in.
    """
    definition = _definition(campaign)
    report, done = Enrolled(), 0
    for chunk in _chunks(contacts):
        with transaction.atomic():
            _enroll_chunk(
                campaign, definition, chunk, report, actor, facts or {}, now or timezone.now()
            )
        done += len(chunk)
        if progress:
            progress(done)
    if wake and report.taken_in:
        transaction.on_commit(drafts_now.kick)
    return report


class _NothingHappened(Exception):
    pass


def rehearse(
    campaign: Campaign,
    contacts: Iterable[UUID],
    *,
    facts: Facts | None = None,
    now: datetime | None = None,
) -> Enrolled:
    """What `enroll` would do, found by doing it and taking it back; nothing stays written."""
    try:
        with transaction.atomic():
            report = enroll(campaign, contacts, actor="rehearsal", facts=facts, now=now)
            raise _NothingHappened
    except _NothingHappened:
        return report


def _definition(campaign: Campaign) -> Definition:
    if campaign.kind != CampaignKind.SEQUENCE or campaign.sequence_version is None:
        raise NotAllowedNow(f"“{campaign}” follows no sequence; nobody can be enrolled in it.")
    if campaign.status not in OPEN_CAMPAIGNS:
        raise NotAllowedNow(f"“{campaign}” is {campaign.get_status_display().lower()}.")
    definition = definition_of(campaign.sequence_version)
    if "offer" in definition.needs_facts and not campaign.offer.strip():
        raise NotAllowedNow(
            f"“{campaign}” does not say yet what it proposes; write its offer in one sentence."
        )
    return definition


def _chunks(contacts: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Each person once, CHUNK at a time."""
    seen: set[UUID] = set()
    chunk: list[UUID] = []
    for contact in contacts:
        if contact in seen:
            continue
        seen.add(contact)
        chunk.append(contact)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _enroll_chunk(
    campaign: Campaign,
    definition: Definition,
    chunk: list[UUID],
    report: Enrolled,
    actor: str,
    facts: Facts,
    now: datetime,
) -> None:
    # Two people enrolling at once: one after the other, so that places and people count once.
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    people = load_people(chunk, definition.channels, now=now)
    if today := {p.contact.pk: p.contact.standing.pk for p in people.values() if p.is_merged}:
        chunk = list(dict.fromkeys(today.get(pk, pk) for pk in chunk))
        facts = {today.get(pk, pk): said for pk, said in facts.items()}
        people = load_people(chunk, definition.channels, now=now)
    against = _Against(locked, definition, people, facts, now)
    rows: list[Enrollment] = []
    for contact_id in chunk:
        person = people.get(contact_id)
        if person is None:
            left = LeftOut(contact_id, str(contact_id), "unknown", "There is no such contact.")
            report.left_out.append(left)
            continue
        found = against.reason(person)
        if found is None:
            row = _row(locked, definition, person, against.facts[contact_id], now)
            against.taken(person, row)
            rows.append(row)
        else:
            report.left_out.append(LeftOut(contact_id, str(person.contact), *found))
    Enrollment.objects.bulk_create(rows, batch_size=CHUNK)
    acts = [
        audit.Act("enrollment.created", row, "", campaign.pk, {"zone": row.zone}) for row in rows
    ]
    audit.append_many(acts, actor=actor)
    report.taken_in += len(rows)


def _row(
    campaign: Campaign,
    definition: Definition,
    person: Person,
    facts: dict[str, str],
    now: datetime,
) -> Enrollment:
    row = Enrollment(
        campaign=campaign,
        contact=person.contact,
        company=person.company,
        version_id=campaign.sequence_version_id,
        zone=person.zone,
        facts=facts,
    )
    row.variant = arm(definition.steps, str(row.pk))
    standing = Standing(now, reachable=person.reachable, away_until=person.away_until)
    found = next_touch(definition.steps, standing, calendar_for(person), now)
    assert not isinstance(found, Finished), "who cannot be reached was left out"
    if isinstance(found, Touch):
        row.point, row.channel = person.points[found.step.channel], found.step.channel
        row.next_touch_at = max(now, act_at(found.step, found.at))
    else:
        row.next_touch_at = now
    return row


class _Against:
    """What speaks against taking people in, looked up once for a chunk."""

    def __init__(
        self,
        campaign: Campaign,
        definition: Definition,
        people: Mapping[UUID, Person],
        facts: Facts,
        now: datetime,
    ) -> None:
        self.campaign, self.definition = campaign, definition
        self.facts = {  # what was given with the list stands before what we know
            pk: known | {name: value for name, value in facts.get(pk, {}).items() if value}
            for pk, known in known_of(people.values()).items()
        }
        ids = list(people)
        used = Enrollment.objects.filter(campaign=campaign)
        self.places = campaign.contact_budget - used.count()
        self.inside = {
            pk: EnrollmentStatus(status).label.lower()
            for pk, status in used.filter(contact__in=ids).values_list("contact", "status")
        }
        points = [point.pk for person in people.values() for point in person.points.values()]
        values = {point.value for person in people.values() for point in person.points.values()}
        self.holders: dict[str, str] = dict(
            used.filter(point__value__in=values)
            .exclude(point__in=points)
            .values_list("point__value", "contact__name")
        )
        self.elsewhere = _elsewhere(campaign, ids, now)

    def taken(self, person: Person, row: Enrollment) -> None:
        """Count somebody in, for those who come after in the same chunk."""
        self.places -= 1
        if row.point:
            self.holders[row.point.value] = str(person.contact)

    def reason(self, person: Person) -> tuple[str, str] | None:
        """(code, words) of the first thing that speaks against this person; None for nothing."""
        pk = person.contact.pk
        if pk in self.inside:
            return "already_in", f"Already in this campaign: {self.inside[pk]}."
        if person.barred:
            return "suppressed", person.barred
        if not person.points:
            return self._no_address(person)
        shared = {p.value: self.holders[p.value] for p in person.points.values()
                  if p.value in self.holders}  # fmt: skip
        if shared:
            value, other = next(iter(shared.items()))
            return "shared_address", f"{value} is {other or 'somebody'}’s, who is in already."
        if pk in self.elsewhere:
            return self.elsewhere[pk]
        missing = self._missing(pk)
        if missing:
            return "missing_fact", f"Not known of them: {', '.join(missing)}."
        if self.places < 1:
            budget = self.campaign.contact_budget
            return "over_budget", f"The budget of {budget} contacts is used up."
        return None

    def _no_address(self, person: Person) -> tuple[str, str]:
        if person.lost:
            return "not_allowed", " ".join(person.lost.values())
        names = " or ".join(Channel(name).label for name in sorted(self.definition.channels))
        return "no_address", f"There is no address for {names}."

    def _missing(self, contact_id: UUID) -> list[str]:
        known = self.facts.get(contact_id, {})
        needed = [name for name in self.definition.needs_facts if name != "offer"]
        return [name.replace("_", " ") for name in needed if not known.get(name)]


def _elsewhere(
    campaign: Campaign, contacts: list[UUID], now: datetime
) -> dict[UUID, tuple[str, str]]:
    """Who is busy in other campaigns, and how; one query."""
    found: dict[UUID, tuple[str, str]] = {}
    recent = now - timedelta(days=campaign.contact_gap_days)
    rows: Any = (
        Enrollment.objects.filter(contact__in=contacts)
        .exclude(campaign=campaign)
        .order_by("created_at")
        .values_list(
            "contact", "status", "last_outbound_at", "campaign__name", "campaign__status",
            "campaign__exclusive", "campaign__kind",
        )
    )  # fmt: skip
    for contact, status, last, name, state, exclusive, kind in rows:
        sequence = kind == CampaignKind.SEQUENCE
        if status == EnrollmentStatus.HANDED_OVER:
            found[contact] = ("with_a_person", f"A person looks after them in “{name}”.")
        elif sequence and exclusive and status in UNDER_WAY and state in OPEN_CAMPAIGNS:
            found.setdefault(contact, ("exclusive", f"Under way in “{name}”, which is exclusive."))
        elif campaign.contact_gap_days and last and last > recent:
            days = (now - last).days
            when = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
            words = f"Written to {when} in “{name}”; {campaign.contact_gap_days} days must pass."
            found.setdefault(contact, ("too_recent", words))
    return found
