"""Threads and replies as the conversations' tests make them."""

from tests.outreach.conversations.conftest import asked, reply, touched

__all__ = ["asked", "reply", "touched"]
