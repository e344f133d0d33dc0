"""The clock of the sequences' own tests, and what the frame of every page asks."""

from tests.outreach.sequences.conftest import clock

# Session, user, rights (2), the sidebar: on every page. An assistant's menu asks once more.
FRAME = 8
WORKING_FRAME = FRAME + 1

__all__ = ["FRAME", "WORKING_FRAME", "clock"]
