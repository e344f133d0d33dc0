"""How much a mailbox may send: counted in rows, so that it holds across workers and restarts.

Windows roll: what left in the last sixty minutes (or twenty-four hours) counts, to the nearest
bucket, so that a limit can't be used twice around a full hour.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Min, Q, Sum
from django.utils import timezone

from outreach.models import Mailbox, ThrottleWindow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BUCKETS = {HOUR: timedelta(minutes=5), DAY: HOUR}
WARM_UP_STEP_DAYS = 3
UPSERT_ROWS = 200


@dataclass(frozen=True, slots=True)
class Window:
    """One limit over the `span` that ends now."""

    scope: str
    span: timedelta
    limit: int
    words: str

    def bucket(self, now: datetime) -> datetime:
        """The start of the bucket in which something sent now is counted."""
        width = BUCKETS[self.span]
        return now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % width

    def free_at(self, bucket: datetime) -> datetime:
        """When what was counted in a bucket has wholly left the span."""
        return bucket + BUCKETS[self.span] + self.span

    def counted_from(self, now: datetime) -> datetime:
        """Buckets that begin after this moment still reach into the span."""
        return now - self.span - BUCKETS[self.span]


@dataclass(frozen=True, slots=True)
class Held:
    """Why a message waits, and the first moment at which there may be room."""

    until: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Grant:
    """Which of the asked messages may go now; the others with what holds them."""

    granted: list[UUID]
    held: dict[UUID, Held]


def daily_limit(mailbox: Mailbox, now: datetime) -> int:
    """The day's cap; during warm-up it grows from the first day's figure every third day."""
    if mailbox.warm_up_started_on is None:
        return mailbox.daily_cap
    days = max(0, (now.date() - mailbox.warm_up_started_on).days)
    grown = mailbox.warm_up_first_day * mailbox.warm_up_growth ** (days // WARM_UP_STEP_DAYS)
    return int(min(mailbox.daily_cap, grown))


def windows_of(mailbox: Mailbox, domain: str, now: datetime) -> list[Window]:
    """The limits a message to this domain counts in: the mailbox's hour and day, the domain's."""
    per_day = daily_limit(mailbox, now)
    return [
        Window(f"mailbox:{mailbox.pk}:hour", HOUR, mailbox.per_hour,
               f"this mailbox sends at most {mailbox.per_hour} an hour"),
        Window(f"mailbox:{mailbox.pk}:day", DAY, per_day,
               f"this mailbox sends at most {per_day} a day"),
        Window(f"domain:{mailbox.pk}:{domain}", HOUR, mailbox.per_domain_hour,
               f"{domain} gets at most {mailbox.per_domain_hour} an hour from this mailbox"),
    ]  # fmt: skip


def domain_of(address: str) -> str:
    """The part after the last @, lower case."""
    return address.rsplit("@", 1)[-1].strip().lower()


def reserve(mailbox: Mailbox, asked: Iterable[tuple[UUID, str]], now: datetime) -> Grant:
    """Take capacity for as many of the (id, address) pairs as the windows allow.

    Runs in the claim's transaction with the mailbox row locked, so two workers cannot take the
    same place. Two statements however many are asked.
    """
    pairs = [(pk, domain_of(to)) for pk, to in asked]
    domains = {domain for _pk, domain in pairs}
    by_domain = {domain: windows_of(mailbox, domain, now) for domain in domains}
    windows = {window.scope: window for group in by_domain.values() for window in group}
    used = _used(windows.values(), now)
    grant = Grant([], {})
    taken: Counter[str] = Counter()
    for pk, domain in pairs:
        full = [w for w in by_domain[domain] if used[w.scope].count + taken[w.scope] >= w.limit]
        if full:
            free = {w: used[w.scope].free_at or w.free_at(w.bucket(now)) for w in full}
            last = max(full, key=lambda window: free[window])
            grant.held[pk] = Held(free[last], last.words)
            continue
        taken.update(window.scope for window in by_domain[domain])
        grant.granted.append(pk)
    _take(windows, taken, now)
    return grant


def give_back(mailbox: Mailbox, addresses: Iterable[str], now: datetime) -> None:
    """Return the capacity of messages that did not leave after all, newest bucket first."""
    for to in addresses:
        for window in windows_of(mailbox, domain_of(to), now):
            rows = ThrottleWindow.objects.filter(scope=window.scope, used__gt=0)
            newest = rows.order_by("-start").values("pk")[:1]
            rows.filter(pk__in=list(newest.values_list("pk", flat=True))).update(used=F("used") - 1)


def forget_old_windows() -> int:
    """Drop windows that ended long ago; returns how many."""
    return ThrottleWindow.objects.filter(start__lt=timezone.now() - 3 * DAY).delete()[0]


@dataclass(frozen=True, slots=True)
class _Use:
    count: int = 0
    free_at: datetime | None = None


def _used(windows: Iterable[Window], now: datetime) -> Mapping[str, _Use]:
    """What counts in each window now, and when its oldest bucket leaves it."""
    listed = list(windows)
    by_scope = {window.scope: window for window in listed}
    counted = Q(pk__in=[])
    for span in BUCKETS:
        same = [window for window in listed if window.span == span]
        if same:
            counted |= Q(
                scope__in=[window.scope for window in same], start__gt=same[0].counted_from(now)
            )
    rows = (
        ThrottleWindow.objects.filter(counted, used__gt=0)
        .values("scope")
        .annotate(total=Sum("used"), oldest=Min("start"))
    )
    found = {scope: _Use() for scope in by_scope}
    for row in rows:
        window = by_scope[row["scope"]]
        found[window.scope] = _Use(row["total"], window.free_at(row["oldest"]))
    return found


def _take(windows: Mapping[str, Window], taken: Counter[str], now: datetime) -> None:
    """Add to the buckets; raw because Django's upsert replaces and can't add."""
    table = ThrottleWindow._meta.db_table
    adapt = connection.ops.adapt_datetimefield_value
    rows = [(scope, adapt(windows[scope].bucket(now)), count) for scope, count in taken.items()]
    with connection.cursor() as cursor:
        for first in range(0, len(rows), UPSERT_ROWS):
            chunk = rows[first : first + UPSERT_ROWS]
            values = ", ".join(["(%s, %s, %s)"] * len(chunk))
            cursor.execute(
                f"INSERT INTO {table} (scope, start, used) VALUES {values} "  # noqa: S608
                f"ON CONFLICT (scope, start) DO UPDATE SET used = {table}.used + excluded.used",
                [value for row in chunk for value in row],
            )
