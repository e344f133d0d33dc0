"""How much a mailbox may send: counted in rows, so that it holds across workers and restarts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from outreach.models import Mailbox, ThrottleWindow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WARM_UP_STEP_DAYS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """One limit over a span of time; windows are aligned to UTC hours and days."""

    scope: str
    start: datetime
    end: datetime
    limit: int
    words: str


def daily_limit(mailbox: Mailbox, now: datetime) -> int:
    """The day's cap; during warm-up it grows from the first day's figure every third day."""
    if mailbox.warm_up_started_on is None:
        return mailbox.daily_cap
    days = max(0, (now.date() - mailbox.warm_up_started_on).days)
    grown = mailbox.warm_up_first_day * mailbox.warm_up_growth ** (days // WARM_UP_STEP_DAYS)
    return int(min(mailbox.daily_cap, grown))


def mailbox_windows(mailbox: Mailbox, now: datetime) -> list[Window]:
    """The mailbox's hour and day."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    day = hour.replace(hour=0)
    per_day = daily_limit(mailbox, now)
    return [
        Window(f"mailbox:{mailbox.pk}:hour", hour, hour + HOUR, mailbox.per_hour,
               f"this mailbox sends at most {mailbox.per_hour} an hour"),
        Window(f"mailbox:{mailbox.pk}:day", day, day + DAY, per_day,
               f"this mailbox sends at most {per_day} a day"),
    ]  # fmt: skip


def domain_window(mailbox: Mailbox, domain: str, now: datetime) -> Window:
    """The hour of one recipient domain."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    limit = mailbox.per_domain_hour
    words = f"{domain} gets at most {limit} an hour from this mailbox"
    return Window(f"domain:{mailbox.pk}:{domain}", hour, hour + HOUR, limit, words)


def domain_of(address: str) -> str:
    return address.rsplit("@", 1)[-1].strip().lower()


@dataclass(frozen=True, slots=True)
class Grant:
    """Which of the asked messages may go now; the others with the time and the words to wait."""

    granted: list[UUID]
    held: dict[UUID, Window]


def reserve(mailbox: Mailbox, asked: Iterable[tuple[UUID, str]], now: datetime) -> Grant:
    """Take capacity for as many of the (id, address) pairs as the windows allow.

    Runs in the claim's transaction with the mailbox row locked, so two workers cannot take the
    same place.
    """
    pairs = list(asked)
    own = mailbox_windows(mailbox, now)
    by_domain = {
        domain: domain_window(mailbox, domain, now)
        for domain in {domain_of(to) for _pk, to in pairs}
    }
    used = _used([*own, *by_domain.values()])
    granted: list[UUID] = []
    held: dict[UUID, Window] = {}
    taken: Counter[str] = Counter()
    for pk, to in pairs:
        windows = [*own, by_domain[domain_of(to)]]
        full = next((w for w in windows if used[w.scope] + taken[w.scope] >= w.limit), None)
        if full is not None:
            held[pk] = full
            continue
        taken.update(window.scope for window in windows)
        granted.append(pk)
    _take([*own, *by_domain.values()], taken)
    return Grant(granted, held)


def give_back(mailbox: Mailbox, addresses: Iterable[str], reserved_at: datetime) -> None:
    """Return the capacity of messages that did not leave after all."""
    for to in addresses:
        for window in [
            *mailbox_windows(mailbox, reserved_at),
            domain_window(mailbox, domain_of(to), reserved_at),
        ]:
            ThrottleWindow.objects.filter(
                scope=window.scope, start=window.start, used__gt=0
            ).update(used=F("used") - 1)


def forget_old_windows() -> int:
    """Drop windows that ended long ago; returns how many."""
    return ThrottleWindow.objects.filter(start__lt=timezone.now() - 3 * DAY).delete()[0]


def _used(windows: list[Window]) -> Counter[str]:
    starts = {window.scope: window.start for window in windows}
    rows = ThrottleWindow.objects.filter(scope__in=list(starts), start__in=set(starts.values()))
    return Counter({row.scope: row.used for row in rows if row.start == starts[row.scope]})


def _take(windows: list[Window], taken: Counter[str]) -> None:
    for window in windows:
        count = taken[window.scope]
        if not count:
            continue
        row = ThrottleWindow.objects.filter(scope=window.scope, start=window.start)
        if not row.update(used=F("used") + count):
            ThrottleWindow.objects.create(scope=window.scope, start=window.start, used=count)
