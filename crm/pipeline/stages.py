"""Where a lead may go: what a person may do, and what happens by itself. Pure.

    new → contacted → replied → interested → negotiating → won · lost

A person may move a lead anywhere but to "opted out", which only the wish itself brings about. By
itself a lead only ever goes forward, and never out of a stage that closes it.
"""

from crm.choices import CLOSED_LEADS, LeadStatus

OPEN = tuple(status for status in LeadStatus if status not in CLOSED_LEADS)
BY_HAND: dict[LeadStatus, frozenset[LeadStatus]] = {
    status: frozenset(LeadStatus) - {status, LeadStatus.OPTED_OUT} for status in LeadStatus
}


def may_move(source: LeadStatus, target: LeadStatus) -> bool:
    """Whether a person may move a lead so; whoever is there already needs no move."""
    return target in BY_HAND[source]


def sources_of(target: LeadStatus) -> tuple[LeadStatus, ...]:
    """The stages from which a lead goes to `target` by itself: the open ones before it."""
    if target in CLOSED_LEADS:
        return OPEN
    return OPEN[: OPEN.index(target)]
