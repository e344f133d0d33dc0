"""What really happened, as the town and the staff saw it: the judge's only story."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as they truly are. `phones` are (number, state, zone), "" where it has none; `said`
    a zone they told us; `signed` the numbers they allowed texts to, `listed` those they put on the
    national do-not-call list, `listed_late` those that stand only on its later editions."""

    key: int
    email: str = ""
    phones: tuple[tuple[str, str, str], ...] = ()
    state: str = ""
    zip_zone: str = ""
    country: str = "US"
    said: str = ""
    signed: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    listed_late: frozenset[str] = frozenset()
    employed: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(number for number, _state, _zone in self.phones)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that reached the mail server or the text provider, at the month's time.

    `mark` tells which message of ours it is: the Message-ID, or the id in the callback address.
    """

    at: datetime
    channel: str
    to: str
    mark: str
    subject: str
    body: str
    unsubscribe: str = ""
    reply_to: str = ""
    validity: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody asked for silence (`everything`), or answered in one thread, and it was committed.

    `at` is when the desk had done what the person asked.
    """

    resident: int
    at: datetime
    how: str
    everything: bool
    thread: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """What somebody let go, word for word, and when."""

    at: datetime
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing may leave in between; `ids` are campaigns or enrollments, None means everything."""

    begins: datetime
    ends: datetime
    ids: frozenset[UUID] | None


@dataclass(frozen=True, slots=True)
class NewLaw:
    """From `begins` on, the line of the table (state and its number there) has other hours; of two
    that have begun the one heard of last counts."""

    line: str
    begins: date
    weekdays: frozenset[int]
    opens: time
    closes: time
    heard_at: datetime = EVER


@dataclass(frozen=True, slots=True)
class ListRead:
    """An edition of the national do-not-call list: its own date, and when the desk had read it."""

    at: datetime
    dated: date
    first: bool


@dataclass(frozen=True, slots=True)
class ByHand:
    """A touch a person did: a connection request, or a call to a number."""

    at: datetime
    resident: int
    channel: str
    to: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was not taken into a campaign, with what the desk gave as the reason."""

    resident: int
    campaign: UUID
    channels: frozenset[str]
    code: str
    reason: str


@dataclass
class Log:
    arrivals: list[Arrival] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    approved: dict[UUID, list[Approved]] = field(default_factory=dict)
    holds: list[Held] = field(default_factory=list)
    laws: list[NewLaw] = field(default_factory=list)
    barred_days: list[tuple[str, date]] = field(default_factory=list)
    lists: list[ListRead] = field(default_factory=list)
    told_us: list[tuple[str, datetime]] = field(default_factory=list)  # numbers not to be called
    dead: list[tuple[str, datetime]] = field(default_factory=list)  # mailboxes that do not exist
    by_hand: list[ByHand] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def hold(self, begins: datetime, ends: datetime, ids: Collection[UUID] | None) -> None:
        self.holds.append(Held(begins, ends, None if ids is None else frozenset(ids)))
