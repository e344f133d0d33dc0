"""The clock of the sequences' own tests, and what the frame of every page asks."""

from tests.outreach.sequences.conftest import clock

FRAME = 8  # session, user, rights (2), the sidebar: on every page

__all__ = ["FRAME", "clock"]
