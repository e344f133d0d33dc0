"""The gate's rules about time taken together: hours, holidays, and how often."""

from datetime import datetime

from compliance import rulebook
from compliance.outbound import Decision, Outbound, Verdict
from compliance.rules import calling_window, frequency
from compliance.rules.calling_window import WindowAnswer
from compliance.rules.frequency import Wait

# What rings or buzzes obeys the hours of the law; mail waits to be read.
TIMED = frozenset({"sms", "phone"})
MOST_TURNS = 60


def judge(outbound: Outbound) -> Verdict:
    """The rules about time together: the first moment that none of them objects to."""
    hours = _Hours(outbound) if outbound.channel in TIMED else None
    moment, reasons = outbound.at, dict[str, None]()
    for _turn in range(MOST_TURNS):
        waits = frequency.waits(
            moment, outbound.channel, outbound.purpose, outbound.recent,
            state_cap=hours.cap if hours else None,
        )  # fmt: skip
        answer = hours.judge(moment) if hours else WindowAnswer(allowed=True)
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


class _Hours:
    """The calling hours that bind one outbound, looked up once."""

    def __init__(self, outbound: Outbound) -> None:
        self.book = rulebook.current(outbound.at)
        self.where = outbound.whereabouts
        self.cap = calling_window.max_per_24h(self.where, self.book)

    def judge(self, moment: datetime) -> WindowAnswer:
        return calling_window.judge(moment, self.where, self.book)
