"""What the staff does during the month: pause, resume, edit, skip, remove, and change the law."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import User

from compliance import gate
from compliance.dnc.internal import add_internal
from compliance.gate import Decision
from compliance.models import BlackoutDay, CallingRuleVersion
from compliance.models.calling_rule import WEEKDAYS
from compliance.rule_versions import add_blackout, revise_rule
from outreach import approvals, editing, pause
from outreach.channels.manual import log_done
from outreach.choices import CANCELLABLE, MANUAL_CHANNELS, UNDER_WAY
from outreach.errors import OutreachError
from outreach.models import Approval, Campaign, Enrollment, Message, OutreachPolicy
from outreach.outbounds import outbound_of
from outreach.sending.reconcile import resolve_uncertain
from outreach.sequences import moving, stop
from outreach.sequences.versions import write_version
from tests.simulation.clock import TurnedClock
from tests.simulation.log import Approved, ByHand, ListRead, Log, NewLaw, Resident
from tests.simulation.people import import_do_not_call
from tests.simulation.sequences import definition, definitions

NEVER = datetime.max.replace(tzinfo=UTC)
Schedule = Callable[[timedelta, Callable[[], None]], None]
# How often in the month.
HABITS = {
    "hold_people": 6, "hold_campaign": 5, "hold_everything": 2, "edit_sequence": 4,
    "edit_draft": 25, "skip": 5, "remove": 6, "take_over": 6, "change_law": 4, "bar_day": 2,
    "open": 20, "told_not_to_call": 10,
}  # fmt: skip


class Staff:
    """Ella approves, Sam does the rest."""

    def __init__(
        self, chance: random.Random, clock: TurnedClock, log: Log, schedule: Schedule,
        campaigns: Mapping[str, Campaign], ella: User, sam: User, people: Sequence[Resident],
        residents: Mapping[UUID, int],
    ) -> None:  # fmt: skip
        self.people = people
        self.chance, self.clock, self.log, self.schedule = chance, clock, log, schedule
        self.campaigns, self.ella, self.sam, self.residents = campaigns, ella, sam, residents
        self.approvals_seen: datetime = clock.now()

    def plan_the_month(self, days: int) -> None:
        """Everything they will do, at moments chosen now."""
        for habit, often in HABITS.items():
            for _ in range(often * days // 25):
                hours = self.chance.uniform(6, days * 20)
                self.schedule(timedelta(hours=hours), self._habit(habit))
        # The first list is fresh, or too old some days before Sam thinks of a second one.
        self.read_the_list(late=False, days_old=self.chance.choice([0, 19]))
        for day in (12, 30, 50):
            self.schedule(timedelta(days=day), self.read_the_list)

    def read_the_list(self, *, late: bool = True, days_old: int = 0) -> None:
        """Sam imports the national list he has downloaded."""
        dated = self._today() - timedelta(days=days_old)
        import_do_not_call(dated, self.people, late=late)
        self.log.lists.append(ListRead(self.clock.now(), dated, first=not late))

    def _habit(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.log.counts[name] += 1
            getattr(self, f"_{name}")()

        return act

    def _today(self) -> date:
        return self.clock.now().date()

    def approve(self) -> None:
        """Ella reads everything that waits, and approves what may go."""
        if approvals.waiting().exclude(channel__in=MANUAL_CHANNELS).exists():
            for campaign in self.campaigns.values():
                approvals.approve_all(campaign, approver=self.ella)

    def note_approvals(self) -> None:
        """Remember word for word what was let go since the last look."""
        since, self.approvals_seen = self.approvals_seen, self.clock.now()
        rows = Approval.objects.filter(approved_at__gte=since, approved_at__lt=self.approvals_seen)
        for pk, at, *content in rows.values_list(
            "message", "approved_at", "message__to_address", "message__subject", "message__body"
        ):
            self.log.approved.setdefault(pk, []).append(Approved(at, *content))

    def do_by_hand(self) -> None:
        """Connection requests and calls whose time has come; before a call the gate is asked."""
        rows = Message.objects.filter(
            channel__in=MANUAL_CHANNELS, status="ea_review", due_at__lte=self.clock.now(),
            enrollment__paused_at=None, campaign__paused_at=None,
        ).select_related("campaign", "enrollment")  # fmt: skip
        if OutreachPolicy.load().paused:
            return
        for row in list(rows):
            verdict = gate.check(outbound_of(row, at=self.clock.now()))
            if verdict.decision is Decision.REFUSED:
                words = " ".join(verdict.reasons)
                approvals.skip(Message.objects.filter(pk=row.pk), actor="sam", reason=words)
                self.log.counts["not done by hand"] += 1
            elif verdict.time is None:
                self._do(row)
            else:
                self.schedule(verdict.time - self.clock.now() + timedelta(minutes=5), _look_again)

    def _do(self, row: Message) -> None:
        assert row.enrollment is not None
        log_done(row.pk, actor=self.sam)
        who = self.residents[row.enrollment.contact_id]
        self.log.by_hand.append(ByHand(self.clock.now(), who, row.channel, row.to_address))
        self.log.counts[f"by hand: {row.channel}"] += 1

    def clear_the_table(self) -> None:
        """The month is over: what could not be approved is given up, with the reason."""
        left = approvals.approve_many(approvals.waiting(), approver=self.ella).left_behind
        for one in left:
            rows = Message.objects.filter(pk=one.message_id).exclude(channel__in=MANUAL_CHANNELS)
            skipped = approvals.skip(rows, actor="ella", reason=one.reason)
            self.log.counts["given up"] += len(skipped)

    def look_at_uncertain(self, arrived: set[str]) -> None:
        """Sam looks in the provider's own log whether it left."""
        rows = Message.objects.filter(
            status="uncertain", updated_at__lt=self.clock.now() - timedelta(hours=12)
        )
        for message in list(rows):
            if self.chance.random() < 0.8:
                mark = message.rfc_message_id if message.channel == "email" else str(message.pk)
                sent = mark in arrived
                resolve_uncertain(message.pk, was_sent=sent, actor=self.sam, now=self.clock.now())
                self.log.counts["uncertain: " + ("had left" if sent else "had not left")] += 1

    def _some_people(self, most: int) -> list[UUID]:
        ids = Enrollment.objects.filter(status__in=UNDER_WAY, paused_at=None)
        return self.chance.sample(found := list(ids.values_list("pk", flat=True)),
                                  min(most, len(found)))  # fmt: skip

    def _hold_people(self) -> None:
        ids = self._some_people(15)
        stop.pause(Enrollment.objects.filter(pk__in=ids), actor="ella")
        begun = self.clock.now()

        def let_go() -> None:
            self.log.hold(begun, self.clock.now(), ids)
            stop.resume(Enrollment.objects.filter(pk__in=ids), actor="ella")

        self.schedule(timedelta(days=self.chance.uniform(0.2, 3)), let_go)

    def _hold_campaign(self) -> None:
        campaign = self.chance.choice(list(self.campaigns.values()))
        if not pause.pause_campaign(campaign, actor="ella"):
            return
        begun = self.clock.now()

        def let_go() -> None:
            self.log.hold(begun, self.clock.now(), [campaign.pk])
            pause.resume_campaign(campaign, actor="ella")

        self.schedule(timedelta(hours=self.chance.uniform(4, 30)), let_go)

    def _hold_everything(self) -> None:
        if not pause.pause_everything(actor="ella"):
            return
        begun = self.clock.now()

        def let_go() -> None:
            self.log.hold(begun, self.clock.now(), None)
            pause.resume_everything(actor="ella")

        self.schedule(timedelta(hours=self.chance.uniform(2, 10)), let_go)

    def _edit_sequence(self) -> None:
        name, campaign = self.chance.choice(list(self.campaigns.items()))
        steps = definitions()[name]
        step = self.chance.choice(steps)
        step["body"] = step["body"].replace("Hi ", "Good day ") + f" ({self._today():%d %b})"
        assert campaign.sequence_version is not None
        sequence = campaign.sequence_version.sequence
        version = write_version(sequence, definition(name, steps), actor="sam")
        moving.use_version(campaign, version, actor="sam")
        ids = Enrollment.objects.filter(campaign=campaign).values_list("pk", flat=True)
        some = self.chance.sample(list(ids), ids.count() // 2)
        moving.move(Enrollment.objects.filter(pk__in=some), version, actor="sam")

    def _edit_draft(self) -> None:
        rows = Message.objects.filter(status__in=["ea_review", "approved"], channel="email")
        ids = list(rows.values_list("pk", flat=True)[:200])
        if ids:
            message = Message.objects.get(pk=self.chance.choice(ids))
            body = message.body.replace("Hello", "Good morning", 1)
            editing.edit(message.pk, actor="ella", version=message.version,
                         subject=message.subject, body=body)  # fmt: skip

    def _skip(self) -> None:
        ids = list(approvals.waiting().values_list("pk", flat=True)[:5])
        approvals.skip(Message.objects.filter(pk__in=ids), actor="ella", reason="Not now.")

    def _remove(self) -> None:
        ids = self._some_people(3)
        stop.remove(Enrollment.objects.filter(pk__in=ids), actor="sam", reason="Sold already.")
        self.log.hold(self.clock.now(), NEVER, ids)

    def _take_over(self) -> None:
        ids = self._some_people(2)
        for row in Enrollment.objects.filter(pk__in=ids):
            stop.hand_over(row, actor="sam", reason="Sam knows them.")
        self.log.hold(self.clock.now(), NEVER, ids)

    def _open(self) -> None:
        rows = Message.objects.filter(status="sent", channel="email", opened_at=None)
        ids = list(rows.values_list("pk", flat=True).order_by("-sent_at")[:10])
        Message.objects.filter(pk__in=ids).update(opened_at=self.clock.now())

    def _told_not_to_call(self) -> None:
        """Somebody tells Sam on the phone that this number is not to be called."""
        rows = Message.objects.filter(channel__in=["sms", "phone"], status__in=CANCELLABLE)
        waiting = sorted(set(rows.values_list("to_address", flat=True)))
        if waiting:
            number = self.chance.choice(waiting)
            add_internal(number, actor="sam", reason="They said so on the phone.")
            self.log.told_us.append((number, self.clock.now()))

    def _change_law(self) -> None:
        """A state tightens or loosens its hours, today or in the days to come."""
        lines = ["US-TX#1", "US-CA#1", "US-FL#1", "US-NY#1", "US-OH#1", "US-RI#1", "US#1"]
        line = self.chance.choice(lines)
        rule = CallingRuleVersion.objects.get(line=line, superseded=False)
        begins = self._today() + timedelta(days=self.chance.choice([0, 0, 1, 3]))
        opens, closes = self.chance.choice([(10, 17), (11, 18), (8, 21), (9, 16)])
        try:
            revise_rule(
                rule, {"opens": time(opens), "closes": time(closes), "effective_from": begins},
                actor="sam", why="The state changed it.",
            )  # fmt: skip
        except (OutreachError, ValueError):
            return
        days, now = frozenset(map(WEEKDAYS.index, rule.weekdays.split())), self.clock.now()
        self.log.laws.append(NewLaw(line, begins, days, time(opens), time(closes), now))

    def _bar_day(self) -> None:
        place = self.chance.choice(["", "US-LA", "US-TX", "US-NY"])
        day = self._today() + timedelta(days=self.chance.choice([1, 2, 4]))
        if not BlackoutDay.objects.filter(jurisdiction=place, day=day).exists():
            row = BlackoutDay(jurisdiction=place, day=day, reason="A storm is coming.")
            add_blackout(row, actor="sam")
            self.log.barred_days.append((place, day))


def _look_again() -> None:
    """Nothing happens; the world only turns its clock to this moment."""
