"""The pages of sequences and of the people in them: route, view, name."""

from collections.abc import Callable
from typing import Any

from outreach.admin import (
    audience,
    drip_queue,
    drip_start,
    enrolling,
    people,
    sequence,
    sequence_editor,
)

CAMPAIGN = "outreach/campaign/<uuid:campaign_id>/"
SEQUENCE = "outreach/sequence/<uuid:sequence_id>/"
AUDIENCE = "outreach/audience/<uuid:snapshot_id>/"


def drip_pages() -> list[tuple[str, Callable[..., Any], str]]:
    """What `outreach.admin.urls` puts behind the log-in."""
    return [
        ("outreach/sequence/", sequence.list_page, "sequences"),
        ("outreach/sequence/new/", sequence_editor.new_page, "sequence_new"),
        (SEQUENCE, sequence.sequence_page, "sequence"),
        (f"{SEQUENCE}edit/", sequence_editor.edit_page, "sequence_edit"),
        (f"{SEQUENCE}offer/", sequence.offer, "sequence_offer"),
        (f"{SEQUENCE}use-newest/", sequence.use_newest, "sequence_use_newest"),
        (f"{SEQUENCE}start/", drip_start.start_page, "sequence_start"),
        ("segments/<uuid:segment_id>/campaign/", audience.start_page, "segment_start"),
        ("segments/<uuid:segment_id>/campaign/look/", audience.look, "segment_look"),
        (AUDIENCE, audience.audience_page, "audience"),
        (f"{AUDIENCE}since/", audience.since, "audience_since"),
        (f"{CAMPAIGN}enroll/", enrolling.enroll_page, "campaign_enroll"),
        (f"{CAMPAIGN}enroll/people/", enrolling.enroll_people, "campaign_enroll_people"),
        (f"{CAMPAIGN}drip/", drip_queue.drip_page, "campaign_drip"),
        (f"{CAMPAIGN}drip/approve/", drip_queue.approve_batch, "campaign_drip_approve"),
        (f"{CAMPAIGN}drip/skip/", drip_queue.skip_batch, "campaign_drip_skip"),
        (f"{CAMPAIGN}drip/draft-now/", drip_queue.draft_now, "campaign_drip_draft_now"),
        (f"{CAMPAIGN}drip/pause/", drip_queue.pause_drip, "campaign_drip_pause"),
        (f"{CAMPAIGN}people/", people.people_page, "campaign_people"),
        (f"{CAMPAIGN}people/act/", people.act, "campaign_people_act"),
        ("outreach/people/", people.people_page, "people"),
        ("outreach/people/act/", people.act, "people_act"),
        ("outreach/enrollment/<uuid:enrollment_id>/touches/", people.touches, "touches"),
    ]
