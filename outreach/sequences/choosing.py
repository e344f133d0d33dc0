"""Finds the sequence that is meant by a word: its slug, its kind, or the voice it speaks in."""

from crm.models import Assignment, Contact
from outreach.choices import Voice
from outreach.errors import NothingToSend
from outreach.models import Sequence, SequenceVersion
from outreach.sequences.versions import newest

# How programs from outside call the kinds that ship.
KINDS = {"3-step": "three_step", "5-step": "five_step", "7-step": "seven_step"}


def voice_of(contact: Contact) -> str:
    """The voice that speaks to the segment somebody is in; "" where they are in none."""
    row = Assignment.objects.filter(contact=contact).first()
    return row.holds if row is not None and row.holds in Voice.values else ""


def version_for(word: str = "", *, voice: str = "") -> SequenceVersion:
    """The newest version of the sequence with this slug or kind, else of this voice's first.

    Raises NothingToSend where none is meant or offered.
    """
    rows = Sequence.objects.order_by("-active", "name")
    if word:
        slug = KINDS.get(word, word.replace("-", "_"))
        found = rows.filter(slug__in=[word, slug]).first()
        if found is None:
            known = ", ".join(rows.filter(active=True).values_list("slug", flat=True)[:30])
            raise NothingToSend(f"There is no sequence “{word[:40]}”. There are: {known}.")
        return newest(found)
    found = rows.filter(voice=voice, active=True).first() if voice else None
    if found is None:
        raise NothingToSend("Say which sequence: its slug or kind, or a segment that has one.")
    return newest(found)
