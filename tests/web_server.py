"""A real web server (gunicorn) on the test's database, in a process of its own."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message as Headers

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from config.demo.processes import web_command
from tests.cluster import ROOT, database_url, wait_for


@dataclass
class Answer:
    """What came back, whatever its status."""

    status: int
    text: str
    headers: Headers


class Web:
    """The product's own settings and server; `cookie` goes with every request."""

    def __init__(self, database: str = "") -> None:
        self.cookie = ""
        # Bound here and handed over, so that no other process can take the port in between.
        self.door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.door.getsockname()[1]
        command = web_command(self.port)
        command[command.index("--bind") + 1] = f"fd://{self.door.fileno()}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database or database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
            "ANYMAIL_WEBHOOK_SECRET": "town:secret",
        }
        self.process = subprocess.Popen(
            command,
            pass_fds=[self.door.fileno()],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def log_in(self, client: Client, user: User) -> None:
        """Ask as this person from now on."""
        client.force_login(user)
        self.cookie = f"sessionid={client.cookies['sessionid'].value}"

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        for name, value in {"Cookie": self.cookie, **headers}.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode(), answer.headers)
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.read().decode(), refusal.headers)

    def is_up(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except OSError:
            return False


@contextmanager
def running_web(database: str = "") -> Iterator[Web]:
    """A server that answers, and is gone afterwards."""
    server = Web(database)
    try:
        wait_for(server.is_up, what="the web server's start")
        yield server
    finally:
        server.process.terminate()
        server.process.wait(10)
        server.door.close()
