"""The pages of sequences and of the people in them: route, view, name."""

from collections.abc import Callable
from typing import Any

from outreach.admin import sequence, sequence_editor

SEQUENCE = "outreach/sequence/<uuid:sequence_id>/"


def drip_pages() -> list[tuple[str, Callable[..., Any], str]]:
    """What `outreach.admin.urls` puts behind the log-in."""
    return [
        ("outreach/sequence/", sequence.list_page, "sequences"),
        ("outreach/sequence/new/", sequence_editor.new_page, "sequence_new"),
        (SEQUENCE, sequence.sequence_page, "sequence"),
        (f"{SEQUENCE}edit/", sequence_editor.edit_page, "sequence_edit"),
        (f"{SEQUENCE}offer/", sequence.offer, "sequence_offer"),
        (f"{SEQUENCE}use-newest/", sequence.use_newest, "sequence_use_newest"),
    ]
