"""How evidence writes a moment: in UTC, to the second, the same everywhere."""

from datetime import UTC, datetime


def moment(at: datetime | None) -> str:
    """`2026-03-01 14:05:09 UTC`; empty for None."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else ""
