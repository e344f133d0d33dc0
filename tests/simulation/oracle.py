"""The judge: every promise held against what really arrived, by its own reading of the law."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from outreach.models import Enrollment, Message
from tests.simulation.law import Law
from tests.simulation.log import Arrival, Log, Resident

DAY = timedelta(hours=24)
SLACK = timedelta(seconds=30)  # from the claim of a batch to the arrival of its last message
LEFT = {"sent", "delivered", "replied", "bounced", "complained", "uncertain"}
EXCUSED = {"already_in", "suppressed", "with_a_person"}
MACHINES = {"email", "sms"}


class Judge:
    """Finds every fault; `faults` is empty when all promises were kept."""

    def __init__(self, log: Log, residents: list[Resident], by_contact: dict[UUID, int]) -> None:
        self.log, self.law = log, Law(log)
        self.residents = {one.key: one for one in residents}
        self.by_address = {
            address: one for one in residents for address in (one.email, *one.numbers) if address
        }
        self.by_contact = by_contact
        self.messages: dict[str, Message] = {}
        for message in Message.objects.filter(direction="outbound").select_related("enrollment"):
            self.messages[str(message.pk)] = message
            if message.rfc_message_id:
                self.messages[message.rfc_message_id] = message
        self.faults: list[str] = []

    def judge(self) -> list[str]:
        """All faults, in words; with whom, when and what."""
        self._once()
        self._lawful()
        self._by_hand()
        self._approved()
        self._caps()
        self._wishes()
        self._holds()
        self._told_the_truth()
        self._nobody_forgotten()
        return self.faults

    def _fault(self, arrival: Arrival, words: str) -> None:
        who = self.by_address[arrival.to]
        self.faults.append(f"{arrival.at:%d %b %H:%M:%S} {arrival.channel} to {who}: {words}")

    def _row(self, arrival: Arrival) -> Message | None:
        return self.messages.get(arrival.mark)

    def _once(self) -> None:
        marks = Counter(one.mark for one in self.log.arrivals)
        touches: Counter[Any] = Counter()
        for arrival in self.log.arrivals:
            row = self._row(arrival)
            if row is None or row.to_address != arrival.to:
                self._fault(arrival, "no message of ours is known to be this")
                continue
            touches[row.enrollment_id, row.step] += 1
            if marks[arrival.mark] > 1 or touches[row.enrollment_id, row.step] > 1:
                self._fault(arrival, f"sent twice (step {row.step})")

    def _lawful(self) -> None:
        for arrival in self.log.arrivals:
            who = self.by_address[arrival.to]
            if arrival.channel != "sms":
                if not self.law.may_mail(who):
                    self._fault(arrival, f"cold mail to {who.country}, which forbids it")
                continue
            if arrival.to not in who.signed:
                self._fault(arrival, "no written consent")
            assert arrival.validity is not None
            for reason in self._list_faults(who, arrival):
                self._fault(arrival, reason)
            for reason in self.law.faults(who, arrival.at, arrival.at + arrival.validity):
                self._fault(arrival, f"outside the hours: {reason}")

    def _list_faults(self, who: Resident, arrival: Arrival) -> list[str]:
        """What the lists said when it was handed over: a moment before it arrived."""
        row = self._row(arrival)
        begun = row.hand_over_at if row and row.hand_over_at else arrival.at
        return self.law.list_faults(who, arrival.to, max(begun, arrival.at - SLACK))

    def _by_hand(self) -> None:
        for one in self.log.by_hand:
            who, faults = self.residents[one.resident], []
            if one.channel == "phone":
                faults = self.law.faults(who, one.at, one.at)
                faults += self.law.list_faults(who, one.to, one.at)
            since = [wish.at for wish in self.log.wishes
                     if wish.resident == one.resident and wish.everything]  # fmt: skip
            if since and min(since) < one.at:
                faults.append(f"they asked for silence at {min(since):%d %b %H:%M:%S}")
            self.faults += [f"{one.at:%d %b %H:%M} by hand to {who}: {words}" for words in faults]

    def _approved(self) -> None:
        for arrival in self.log.arrivals:
            row = self._row(arrival)
            known = self.log.approved.get(row.pk, []) if row else []
            before = [one for one in known if one.at <= arrival.at]
            if not before:
                self._fault(arrival, "nobody approved it")
                continue
            last = max(before, key=lambda one: one.at)
            same = last.to == arrival.to and last.subject == arrival.subject
            if not same or _bare(last.body) not in _bare(arrival.body):
                self._fault(arrival, f"not the words that were approved: {arrival.body!r}")

    def _caps(self) -> None:
        had: dict[int, list[Arrival]] = defaultdict(list)
        for arrival in sorted(self.log.arrivals, key=lambda one: one.at):
            had[self.by_address[arrival.to].key].append(arrival)
        by_hand: dict[int, list[Any]] = defaultdict(list)
        for one in self.log.by_hand:
            by_hand[one.resident].append(one.at)
        for key, arrivals in had.items():
            moments = sorted([*(one.at for one in arrivals), *by_hand[key]])
            for arrival in arrivals:
                before = [at for at in moments if arrival.at - DAY + SLACK < at < arrival.at]
                if before:
                    self._fault(
                        arrival, f"a second one in 24 hours, after {before[-1]:%d %H:%M:%S}"
                    )
                texts = [
                    one for one in arrivals
                    if one.channel == "sms" and arrival.at - DAY < one.at <= arrival.at
                ]  # fmt: skip
                if len(texts) > self.law.cap_of(self.residents[key]):
                    self._fault(arrival, f"{len(texts)} texts in 24 hours")

    def _left_after(self, arrival: Arrival, moment: Any) -> bool:
        """Whether it was handed over after the moment; what was on its way already is excused."""
        row = self._row(arrival)
        return arrival.at > moment and not (
            row and row.hand_over_at and row.hand_over_at <= moment < row.hand_over_at + SLACK
        )

    def _wishes(self) -> None:
        silent: dict[int, Any] = {}
        answered: dict[Any, Any] = {}
        for wish in self.log.wishes:
            if wish.everything:
                silent[wish.resident] = min(wish.at, silent.get(wish.resident, wish.at))
            elif wish.thread:
                answered[wish.thread] = min(wish.at, answered.get(wish.thread, wish.at))
        spoken_for = _spoken_for(answered)
        for arrival in self.log.arrivals:
            key, row = self.by_address[arrival.to].key, self._row(arrival)
            if key in silent and self._left_after(arrival, silent[key]):
                self._fault(arrival, f"they asked for silence at {silent[key]:%d %b %H:%M:%S}")
            thread = row.enrollment_id if row else None
            if thread in answered and self._left_after(arrival, answered[thread]):
                self._fault(arrival, f"they answered at {answered[thread]:%d %b %H:%M:%S}")
            if thread in spoken_for and self._left_after(arrival, spoken_for[thread]):
                self._fault(arrival, f"a colleague answered at {spoken_for[thread]:%d %b %H:%M:%S}")
            died = [at for address, at in self.log.dead if address == arrival.to]
            if died and self._left_after(arrival, min(died)):
                self._fault(arrival, f"it does not exist since {min(died):%d %b %H:%M:%S}")

    def _holds(self) -> None:
        for held in self.log.holds:
            for arrival in self.log.arrivals:
                if not held.begins < arrival.at < held.ends:
                    continue
                row = self._row(arrival)
                mine = row is not None and {row.campaign_id, row.enrollment_id} & (
                    held.ids or set()
                )
                if (held.ids is None or mine) and self._left_after(arrival, held.begins):
                    what = "everything" if held.ids is None else f"{len(held.ids)} rows"
                    begun = f"{row.hand_over_at:%H:%M:%S.%f}" if row and row.hand_over_at else "?"
                    self._fault(
                        arrival,
                        f"{what} held from {held.begins:%d %b %H:%M:%S.%f}, handed over {begun}",
                    )

    def _told_the_truth(self) -> None:
        """What arrived stands as gone, and what stands as sent arrived."""
        arrived = {row.pk for one in self.log.arrivals if (row := self._row(one))}
        for row in set(self.messages.values()):
            if row.channel not in MACHINES:
                continue
            if row.pk in arrived and row.status not in LEFT:
                self.faults.append(f"{row.pk} to {row.to_address} arrived, and stands {row.status}")
            if row.pk not in arrived and row.status in LEFT - {"uncertain"}:
                self.faults.append(f"{row.pk} to {row.to_address} never arrived: {row.status}")

    def _nobody_forgotten(self) -> None:
        made: dict[Any, dict[int, Message]] = defaultdict(dict)
        for row in set(self.messages.values()):
            made[row.enrollment_id][row.step or 0] = row
            if row.status in ("approved", "sending", "draft", "ea_review"):
                overdue = row.due_at is not None and row.due_at < timezone.now() - 3 * DAY
                word = "lost" if overdue else "stuck"
                self.faults.append(f"{word}: {row.pk} stands {row.status}, due {row.due_at}")
            elif row.status not in LEFT and not (row.reason or row.error):
                self.faults.append(f"{row.pk} is {row.status}, and nothing says why")
        for enrollment in Enrollment.objects.select_related("version"):
            self._not_forgotten(enrollment, made[enrollment.pk])
        for one in self.log.left_out:
            who = self.residents[one.resident]
            if not one.reason:
                self.faults.append(f"{who} was left out, and nothing says why")
            if one.code not in EXCUSED and any(self._reachable(who, c) for c in one.channels):
                self.faults.append(f"{who} was left out: {one.code}, {one.reason}")

    def _not_forgotten(self, enrollment: Enrollment, made: dict[int, Message]) -> None:
        who = self.residents[self.by_contact[enrollment.contact_id]]
        name = f"{who} in {enrollment.campaign_id}, {enrollment.status}"
        if enrollment.status != "completed":
            if not enrollment.stop_reason:
                self.faults.append(f"{name}: neither through nor stopped, and nothing says why")
            return
        assert enrollment.version is not None
        for number, step in enumerate(enrollment.version.definition["steps"], start=1):
            if number in made or "only_if" in step:
                continue
            if self._reachable(who, step["channel"]):
                self.faults.append(f"{name}: step {number} ({step['channel']}) was never made")

    def _reachable(self, who: Resident, channel: str) -> bool:
        """Whether the law lets them be reached on this channel at all, some day of the month."""
        if channel == "email":
            dead = any(address == who.email for address, _at in self.log.dead)
            return bool(who.email) and self.law.may_mail(who) and not dead
        if channel == "social":
            return True
        placed = who.said or all(zone for _number, _state, zone in who.phones)
        placed = placed and not self.law.lost(who)
        told = {number for number, _at in self.log.told_us}
        free = set(who.numbers) - told - (who.listed | who.listed_late)
        return bool(
            placed and (who.signed - told if channel == "sms" else who.signed - told | free)
        )


def _spoken_for(answered: dict[Any, Any]) -> dict[Any, Any]:
    """Enrollments that a colleague's answer ends, by when; where the sequence says so."""
    found: dict[Any, Any] = {}
    everybody = list(Enrollment.objects.select_related("version"))
    for one in everybody:
        company = one.version and one.version.definition["reply_stops"] == "company"
        if one.pk not in answered or not company or one.company_id is None:
            continue
        for other in everybody:
            same = (other.company_id, other.campaign_id) == (one.company_id, one.campaign_id)
            if same and other.pk != one.pk and other.created_at < answered[one.pk]:
                found[other.pk] = min(answered[one.pk], found.get(other.pk, answered[one.pk]))
    return found


def _bare(text: str) -> str:
    return " ".join(text.split())
