"""The desk's correspondents, for tests of what happens to them when the database is away."""

from tests.outreach.inbound.conftest import asked
from tests.outreach.sending.conftest import sink

__all__ = ["asked", "sink"]
