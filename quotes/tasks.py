"""What the worker runs for quotes: thin doors that call one room each."""

from uuid import UUID

import structlog

from quotes import reading

log = structlog.get_logger(__name__)


def read_reply(message_id: str) -> None:
    """Read one reply; running twice changes nothing."""
    reading.read_reply(UUID(message_id))


def read_waiting() -> None:
    """Read the replies that have waited too long: the queue forgot them, or a worker died."""
    for message_id in reading.list_waiting():
        try:
            reading.read_reply(message_id)
        except Exception as error:
            # One reply that breaks the engine keeps neither the others waiting nor itself unseen.
            log.exception("reading_failed", message=str(message_id))
            reading.ask_person(message_id, error)
