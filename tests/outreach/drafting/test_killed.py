"""A drafting worker killed with a slow model in mid-sentence, on PostgreSQL: it goes on."""

import json
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from outreach.briefs.create import create_request
from outreach.campaigns import create_campaign
from outreach.drafting import orders
from outreach.models import Campaign, DraftOrder, Enrollment, Message
from tests.desk import BRIEF, add_mailbox, add_vendors
from tests.outreach.sending.test_crashes import ROOT, worker_environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
VENDORS = 8
WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.conf import settings
settings.AI_BASE_URL, settings.AI_MODEL, settings.AI_API_KEY = sys.argv[1], "slow", "sk-test"
from outreach.drafting import orders
orders.fulfil()
"""


@pytest.fixture
def slow_model(httpserver: HTTPServer) -> str:
    def answer(_request: Asked) -> Response:
        time.sleep(0.3)
        said = {"role": "assistant", "content": json.dumps({"subject": "", "body": ""})}
        return Response(
            json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "slow",
                        "choices": [{"index": 0, "message": said, "finish_reason": "stop"}]}),
            mimetype="application/json",
        )  # fmt: skip

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(answer)
    return httpserver.url_for("/v1")


def start_worker(model: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, model],
        cwd=ROOT, env=worker_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def campaign(ella: User) -> Campaign:
    add_mailbox()
    add_vendors(VENDORS)
    made, _none = create_campaign(create_request(BRIEF, actor="ella"), actor=ella, later=True)
    return made


def drafted(campaign: Campaign) -> int:
    return Message.objects.filter(campaign=campaign).count()


def test_killings_cost_no_draft_and_make_none_twice(campaign: Campaign, slow_model: str) -> None:
    for killing in range(1, 3):
        worker = start_worker(slow_model)
        end = time.monotonic() + 60
        while drafted(campaign) < killing and time.monotonic() < end:
            time.sleep(0.05)
        worker.kill()
        assert worker.wait(10) == -9
        # The lease of the dead one runs out, here at once.
        DraftOrder.objects.filter(done_at=None).update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
        assert orders.stalled(timezone.now())
    assert 2 <= drafted(campaign) < VENDORS
    assert start_worker(slow_model).wait(60) == 0
    per_vendor: Counter[Any] = Counter(Enrollment.objects.values_list("company", flat=True))
    assert len(per_vendor) == VENDORS
    assert set(per_vendor.values()) == {1}
    assert drafted(campaign) == VENDORS
    assert orders.progress_of(campaign.pk).open == 0
    assert orders.progress_of(campaign.pk).left_out == []
