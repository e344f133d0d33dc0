"""The database is away: every door says so in its own way, and all goes on when it is back."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message as Headers

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from config.demo.processes import free_port, web_command
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.cluster import ROOT, database_url, wait_for
from tests.database_road import Road, road
from tests.outreach.inbound.conftest import SECRET, postmark

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@dataclass
class Answer:
    status: int
    text: str
    headers: Headers


class Web:
    """The product's web server behind a road to the database that can be cut."""

    def __init__(self, way: Road) -> None:
        self.way, self.port, self.cookie = way, free_port(0), ""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_url(way.port),
            "SECRET_KEY": settings.SECRET_KEY,
            "ANYMAIL_WEBHOOK_SECRET": "town:secret",
        }
        self.process = subprocess.Popen(
            web_command(self.port),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        for name, value in {"Cookie": self.cookie, **headers}.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Answer(answer.status, answer.read().decode(), answer.headers)
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.read().decode(), refusal.headers)

    def is_up(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except OSError:
            return False


@pytest.fixture
def web(db: None, client: Client, ella: User) -> Iterator[Web]:
    """A running web server at which Ella is logged in."""
    with road() as way:
        server = Web(way)
        try:
            wait_for(server.is_up, what="the web server's start")
            client.force_login(ella)
            server.cookie = f"sessionid={client.cookies['sessionid'].value}"
            yield server
        finally:
            server.process.terminate()
            server.process.wait(10)


def says_come_back(answer: Answer) -> None:
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    for leak in ("Traceback", "psycopg", "OperationalError", "127.0.0.1", "postgres"):
        assert leak not in answer.text


def test_every_door_says_so_and_goes_on_by_itself(web: Web, asked: Message) -> None:
    assert web.ask("/admin/").status == 200
    mail = json.dumps(postmark(asked, "We can do it.")).encode()
    reply: Callable[[], Answer] = lambda: web.ask(  # noqa: E731
        "/webhooks/inbound-email", mail, Authorization=SECRET
    )
    web.way.cut()
    page = web.ask("/admin/")
    says_come_back(page)
    assert "Nothing is lost" in page.text
    program = web.ask(
        "/api/campaigns/00000000-0000-4000-8000-000000000000", Authorization="Bearer x"
    )
    says_come_back(program)
    assert program.headers["Content-Type"] == "application/problem+json"
    says_come_back(reply())
    assert web.ask("/readyz").status == 503
    assert web.ask("/healthz", Cookie="").status == 200  # as probes ask
    web.way.mend()
    assert web.ask("/admin/").status == 200
    assert [reply().status, reply().status] == [200, 200]
    assert ProviderEvent.objects.count() == 1
    process_open()
    assert Message.objects.get(direction="inbound").status == "processed"
