"""The month's clock: as fast as the real one, and turned forward between two looks."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone


class TurnedClock:
    """Django's `timezone.now` shows it in this process; `ahead` is what other processes need."""

    def __init__(self, start: datetime) -> None:
        self.ahead = start - datetime.now(UTC)
        self._real = timezone.now

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def start_at(self, moment: datetime) -> None:
        """Where the month begins."""
        self.ahead = moment - datetime.now(UTC)

    def turn_to(self, moment: datetime) -> None:
        """Forward only; a moment that is past stays past."""
        self.ahead += max(timedelta(), moment - self.now())

    def install(self) -> None:
        timezone.now = self.now

    def remove(self) -> None:
        timezone.now = self._real
