"""Where leads may go."""

import pytest

from crm.choices import CLOSED_LEADS, LeadStatus
from crm.pipeline.stages import OPEN, may_move, sources_of


def test_a_person_may_take_a_lead_back_and_open_it_again() -> None:
    assert may_move(LeadStatus.NEGOTIATING, LeadStatus.CONTACTED)
    assert may_move(LeadStatus.LOST, LeadStatus.INTERESTED)


@pytest.mark.parametrize("status", LeadStatus)
def test_nobody_is_opted_out_by_hand(status: LeadStatus) -> None:
    assert not may_move(status, LeadStatus.OPTED_OUT)


@pytest.mark.parametrize("target", LeadStatus)
def test_by_itself_a_lead_goes_forward_and_never_out_of_what_closes_it(target: LeadStatus) -> None:
    sources = sources_of(target)
    assert not set(sources) & set(CLOSED_LEADS)
    order = list(LeadStatus)
    assert all(order.index(source) < order.index(target) for source in sources)


def test_what_closes_a_lead_closes_every_open_one() -> None:
    assert sources_of(LeadStatus.OPTED_OUT) == OPEN
