"""The database is away: every door says so in its own way, and all goes on when it is back."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.cluster import database_url
from tests.database_road import road
from tests.outreach.inbound.conftest import SECRET, postmark
from tests.web_server import Answer, running_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def says_come_back(answer: Answer) -> None:
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    for leak in ("Traceback", "psycopg", "OperationalError", "127.0.0.1", "postgres"):
        assert leak not in answer.text


def test_every_door_says_so_and_goes_on_by_itself(
    client: Client, ella: User, asked: Message
) -> None:
    mail = json.dumps(postmark(asked, "We can do it.")).encode()
    with road() as way, running_web(database_url(way.port)) as web:

        def reply() -> Answer:
            return web.ask("/webhooks/inbound-email", mail, Authorization=SECRET)

        web.log_in(client, ella)
        assert web.ask("/admin/").status == 200
        way.cut()
        page = web.ask("/admin/")
        says_come_back(page)
        assert "Nothing is lost" in page.text
        program = web.ask("/api/campaigns/0", Authorization="Bearer x")
        says_come_back(program)
        assert program.headers["Content-Type"] == "application/problem+json"
        says_come_back(reply())
        assert web.ask("/readyz").status == 503
        assert web.ask("/healthz", Cookie="").status == 200  # as probes ask
        way.mend()
        assert web.ask("/admin/").status == 200
        assert [reply().status, reply().status] == [200, 200]
    assert ProviderEvent.objects.count() == 1
    process_open()
    assert Message.objects.get(direction="inbound").status == "processed"
