"""The pages around conversations: route, view, name."""

from collections.abc import Callable
from typing import Any

from outreach.admin import bell, decision_rule, participant, proposal


def conversation_pages() -> list[tuple[str, Callable[..., Any], str]]:
    """What `outreach.admin.urls` puts behind the log-in."""
    return [
        ("bell/", bell.bell, "bell"),
        ("bell/seen/", bell.all_seen, "bell_seen"),
        ("bell/<uuid:alert_id>/open/", bell.open_alert, "bell_open"),
        ("rules-for-replies/try/", decision_rule.try_page, "rules_try"),
        ("rules-for-replies/switch-on/", decision_rule.switch_on, "rules_switch_on"),
        ("participants/<uuid:participant_id>/", participant.decide, "participant"),
        ("proposals/", proposal.proposals_page, "proposals"),
        ("proposals/<uuid:proposal_id>/", proposal.decide, "proposal"),
    ]
