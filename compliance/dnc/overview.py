"""What stands where: lists in force with their age, what waits for a decision, what is running."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from compliance.choices import DncFileStatus, DncStatus
from compliance.dnc.answers import REFUSE_AFTER_DAYS, WARN_FROM_DAYS, age_in_days
from compliance.dnc.sources import NATIONAL, capital, name_of
from compliance.models import DncFile, DncVersion, InternalDncNumber

RECENT_FILES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One list in force, as pages and the command line show it."""

    version: int
    source: str
    area_codes: tuple[str, ...]
    list_date: date
    age_days: int
    numbers: int
    activated_at: datetime | None
    activated_by: str

    @property
    def state(self) -> str:
        """`fresh`, `ageing` (a warning) or `stale` (nobody there may be called)."""
        return _state(self.age_days)

    def as_data(self) -> dict[str, object]:
        """The line for programs."""
        return {
            "version": self.version,
            "source": self.source,
            "area_codes": list(self.area_codes),
            "list_date": self.list_date.isoformat(),
            "age_days": self.age_days,
            "state": self.state,
            "numbers": self.numbers,
            "activated_at": self.activated_at.isoformat() if self.activated_at else None,
            "activated_by": self.activated_by,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """The lists of one source that were downloaded on one day: they age together."""

    source: str
    list_date: date
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What people call the list."""
        return capital(name_of(self.source))

    @property
    def age_days(self) -> int:
        return self.lines[0].age_days

    @property
    def state(self) -> str:
        """As that of its lines."""
        return self.lines[0].state

    @property
    def area_codes(self) -> tuple[str, ...]:
        """Every area code one of them has a say in, once."""
        return tuple(sorted({code for line in self.lines for code in line.area_codes}))

    @property
    def numbers(self) -> int:
        return sum(line.numbers for line in self.lines)

    @property
    def activated_at(self) -> datetime | None:
        """When the last of them came into force."""
        return max((line.activated_at for line in self.lines if line.activated_at), default=None)

    @property
    def activated_by(self) -> str:
        return ", ".join(sorted({line.activated_by for line in self.lines}))


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything one look should tell."""

    lists: tuple[Line, ...]
    waiting: tuple[DncVersion, ...]
    running: tuple[DncFile, ...]
    internal: int

    @property
    def worst(self) -> str:
        """`none` where no list is in force, else the state of the oldest one."""
        states = {line.state for line in self.lists}
        return next((s for s in ("stale", "ageing", "fresh") if s in states), "none")

    @property
    def groups(self) -> tuple[Group, ...]:
        """The lists in force by source and day, the registry's first, the oldest of each first."""
        lines = sorted(self.lists, key=_by_group)
        return tuple(
            Group(source, day, tuple(found))
            for (_later, source, day), found in groupby(lines, key=_by_group)
        )


def _by_group(line: Line) -> tuple[bool, str, date]:
    return line.source != NATIONAL, line.source, line.list_date


def _state(age_days: int) -> str:
    if age_days > REFUSE_AFTER_DAYS:
        return "stale"
    return "ageing" if age_days >= WARN_FROM_DAYS else "fresh"


def overview(at: datetime) -> Overview:
    """The lists in force by source and area code, oldest trouble left to the reader's eye."""
    active = DncVersion.objects.filter(status=DncStatus.ACTIVE).order_by("source", "area_code")
    return Overview(
        lists=tuple(_line(version, at) for version in active),
        waiting=tuple(DncVersion.objects.filter(status=DncStatus.WAITING).select_related("file")),
        running=running(),
        internal=InternalDncNumber.objects.filter(lifted_at=None).count(),
    )


def running() -> tuple[DncFile, ...]:
    """Files queued or being read now."""
    return tuple(DncFile.objects.filter(status__in=[DncFileStatus.QUEUED, DncFileStatus.LOADING]))


def recent() -> tuple[DncFile, ...]:
    """What was handed in last, refused ones too."""
    return tuple(DncFile.objects.all()[:RECENT_FILES])


def _line(version: DncVersion, at: datetime) -> Line:
    return Line(
        version=version.pk,
        source=version.source,
        area_codes=(version.area_code,) if version.area_code else tuple(sorted(version.covers)),
        list_date=version.list_date,
        age_days=age_in_days(version.list_date, at),
        numbers=version.numbers,
        activated_at=version.activated_at,
        activated_by=version.activated_by,
    )
