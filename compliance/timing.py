"""The gate's rules about time taken together: hours, holidays, and how often."""

from datetime import datetime, timedelta

from compliance import rulebook
from compliance.outbound import Decision, Outbound, Verdict
from compliance.rules import calling_window, frequency
from compliance.rules.calling_window import WindowAnswer
from compliance.rules.frequency import Wait
from compliance.zones import Whereabouts

# What rings or buzzes obeys the hours of the law; mail waits to be read.
TIMED = frozenset({"sms", "phone"})
MOST_TURNS = 60
FARTHEST_CHANGE = timedelta(days=calling_window.HORIZON_DAYS)


def judge(outbound: Outbound) -> Verdict:
    """The rules about time together: the first moment that none of them objects to."""
    where = outbound.whereabouts if outbound.channel in TIMED else None
    moment, reasons = outbound.at, dict[str, None]()
    for _turn in range(MOST_TURNS):
        waits = frequency.waits(
            moment, outbound.channel, outbound.purpose, outbound.recent,
            state_cap=_cap(moment, where) if where else None,
        )  # fmt: skip
        answer = hours(moment, where) if where else WindowAnswer(allowed=True)
        if not answer.allowed:
            if answer.not_before is None:
                return Verdict(Decision.REFUSED, answer.reasons)
            waits.append(Wait(answer.not_before, " ".join(answer.reasons)))
        if not waits:
            if moment == outbound.at:
                return Verdict(Decision.ALLOWED, deadline=answer.closes_at)
            return Verdict(Decision.NOT_BEFORE, tuple(reasons), moment, answer.closes_at)
        if moment == outbound.at:
            reasons.update(dict.fromkeys(wait.reason for wait in waits))
        moment = max(wait.until for wait in waits)
    return Verdict(Decision.REFUSED, ("No moment is allowed by all rules together.",))


def hours(moment: datetime, where: Whereabouts) -> WindowAnswer:
    """May this person be called or texted at this moment, and when next, by the rules of that day.

    A wait never leads past a change of the rules without asking those that count from then on.
    """
    told = answer = calling_window.judge(moment, where, rulebook.current(moment))
    at = moment
    for _turn in range(MOST_TURNS):
        if answer.allowed or where.unsure:
            break
        change = rulebook.next_change(at)
        near = change if change and change - moment <= FARTHEST_CHANGE else None
        steps = [step for step in (answer.not_before, near) if step is not None]
        if not steps:
            return WindowAnswer(False, told.reasons)
        at = min(steps)
        answer = calling_window.judge(at, where, rulebook.current(at))
    if not answer.allowed:
        return WindowAnswer(False, told.reasons)
    return answer if at == moment else WindowAnswer(False, told.reasons, at, answer.closes_at)


def _cap(moment: datetime, where: Whereabouts) -> int | None:
    return calling_window.max_per_24h(where, rulebook.current(moment))
