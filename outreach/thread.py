"""What higher rooms add to a message on the thread page: marked words and a line about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from outreach.models import Message


@dataclass(frozen=True, slots=True)
class Annotation:
    """Words of a message that mean something: `body[start:end]`, what they mean, and where it is.

    `part` is "subject" or "body"; an annotation without words (`start == end`) is a line below
    the message, with a link.
    """

    label: str
    start: int = 0
    end: int = 0
    part: str = "body"
    kind: str = ""
    url: str = ""


# Filled by the apps above in their `AppConfig.ready`; each takes a page of messages at once.
annotators: list[Callable[[Sequence[Message]], dict[UUID, list[Annotation]]]] = []


def annotate(messages: Sequence[Message]) -> dict[UUID, list[Annotation]]:
    """Every annotation of these messages by id; one call an annotator, not one a message."""
    found: dict[UUID, list[Annotation]] = {}
    for annotator in annotators:
        for message_id, annotations in annotator(messages).items():
            found.setdefault(message_id, []).extend(annotations)
    return found
