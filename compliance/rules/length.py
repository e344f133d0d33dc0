"""A text has a length that carriers take and that somebody pays for. Pure."""

from compliance.sms_text import MOST_CHARACTERS, count_text

MOST_SEGMENTS = 4


def refusals(channel: str, body: str) -> list[str]:
    """Reasons why this text is too long to leave; [] for other channels.

    More than four segments arrive out of order often enough to be unreadable (our own limit).
    """
    if channel != "sms":
        return []
    if len(body) > MOST_CHARACTERS:
        return [f"The text has {len(body)} characters; a text takes {MOST_CHARACTERS}."]
    count = count_text(body)
    if count.segments <= MOST_SEGMENTS:
        return []
    reason = f"The text has {count.segments} segments; we send at most {MOST_SEGMENTS}."
    if count.segments_when_plain < count.segments:
        reason += f" In plain characters it would have {count.segments_when_plain}."
    return [reason]
