"""A broken address beside a reply costs nothing of the reply, least of all a wish to stop."""

import json
from typing import Any

import pytest

from compliance.models import Suppression
from outreach.inbound.broken_addresses import LEFT_OUT, without_broken
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.outreach.inbound.conftest import post, postmark

BROKEN: dict[str, dict[str, Any]] = {
    "no address": {"CcFull": [{"Email": "nope", "Name": "broken"}]},
    "nothing": {"CcFull": [{"Email": "", "Name": ""}, {}]},
    "two ats and a line": {"CcFull": [{"Email": "a@b@c", "Name": "\r\nBcc: x@y.example"}]},
    "no object": {"CcFull": ["nope", None, 7]},
    "a blind copy": {"BccFull": [{"Email": "<>", "Name": ""}]},
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", BROKEN)
def test_a_wish_with_a_broken_copy_is_obeyed(asked: Message, fault: str) -> None:
    assert post(postmark(asked, "Please stop emailing me.", **BROKEN[fault])).status_code == 200
    process_open()
    heard = Message.objects.get(direction="inbound")
    assert heard.enrollment_id == asked.enrollment_id
    assert Suppression.objects.get().address == asked.to_address
    assert LEFT_OUT.encode() in bytes(ProviderEvent.objects.get().raw)


@pytest.mark.django_db(transaction=True)
def test_a_broken_sender_is_attached_and_not_trusted(asked: Message) -> None:
    body = postmark(asked, "What does it cost?", FromFull={"Email": "a@@b", "Name": "?"})
    assert post(body).status_code == 200
    process_open()
    heard = Message.objects.get(direction="inbound")
    assert (heard.enrollment_id, heard.sender_known) == (asked.enrollment_id, False)


def test_a_sound_post_is_left_as_it_is() -> None:
    sound = {"FromFull": {"Email": "a@b.example", "Name": "A"}, "CcFull": []}
    assert without_broken(json.dumps(sound).encode()) is None
    assert without_broken(b"no json") is None
    assert without_broken(b"[1]") is None
