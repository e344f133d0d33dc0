"""A post in pieces, with no length told: it is whole for who reads it, or refused."""

import io
import json
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from config.pieces import put_together
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.conftest import SECRET, asked, postmark

__all__ = ["asked"]
pytestmark = pytest.mark.django_db(transaction=True)


def post(body: bytes) -> tuple[int, bytes]:
    """As gunicorn hands on a chunked post: no length, and an input that ends by itself."""
    environ = RequestFactory(headers={"Authorization": SECRET}).post("/x").environ
    environ |= {
        "PATH_INFO": "/webhooks/inbound-email",
        "CONTENT_TYPE": "application/json",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": io.BytesIO(body),
    }
    del environ["CONTENT_LENGTH"]
    said: list[int] = []
    answer = put_together(WSGIHandler())(
        environ, lambda status, _headers, *_: said.append(int(status[:3]))
    )
    return said[0], b"".join(answer)


def test_a_mail_in_pieces_is_read_whole(asked: Message) -> None:
    file = {"Name": "a.txt", "ContentType": "text/plain", "Content": "eHh4" * 600_000}
    body = json.dumps(postmark(asked, "We can do it.", Attachments=[file])).encode()
    assert post(body)[0] == 200
    process_open()
    reply = Message.objects.get(direction="inbound")
    assert (reply.enrollment_id, reply.body) == (asked.enrollment_id, "We can do it.")
    assert reply.attachments.get().size == 1_800_000


def test_what_is_too_long_for_pieces_is_refused_whole(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    status, answer = post(b"x" * 3 * 1024 * 1024)
    assert status == 411
    assert "Say its length" in json.loads(answer)["detail"]
    assert not ProviderEvent.objects.exists()
