"""Approve all: server time and number of queries for 11 and for 1,000 drafts."""

import statistics
import time

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach import approvals
from tests.bench.rows import Row, at_most
from tests.factories import make_campaign, make_drafts


def run() -> list[Row]:
    """Medians of five fresh campaigns of 11, of three of 1,000."""
    ella = User.objects.get(username="bench")
    small, few = _measure(ella, 11, 5)
    large, many = _measure(ella, 1000, 3)
    return [
        at_most("approve all, 11 drafts", f"{small:.0f} ms, {few} queries", small, 150, "ms"),
        at_most("approve all, 1,000 drafts", f"{large:.0f} ms, {many} queries", large, 1500, "ms"),
    ]


def _measure(ella: User, count: int, times: int) -> tuple[float, int]:
    taken, queries = [], 0
    for _ in range(times):
        campaign = make_campaign()
        make_drafts(campaign, count)
        start = time.perf_counter()
        result = approvals.approve_all(campaign, approver=ella)
        taken.append((time.perf_counter() - start) * 1000)
        assert len(result.approved) == count
        campaign = make_campaign()
        make_drafts(campaign, count)
        with CaptureQueriesContext(connection) as captured:
            approvals.approve_all(campaign, approver=ella)
        queries = len(captured)
    return statistics.median(taken), queries
