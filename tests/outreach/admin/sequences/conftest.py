"""The clock of the sequences' own tests."""

from tests.outreach.sequences.conftest import clock

__all__ = ["clock"]
