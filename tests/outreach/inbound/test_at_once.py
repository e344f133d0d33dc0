"""What came in is read where it was heard, and by a worker where it is not."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from outreach.inbound import at_once, receive
from outreach.inbound.process import process_few
from outreach.models import Enrollment, Message, ProviderEvent
from tests.cluster import wait_for
from tests.factories import make_campaign, make_drafts
from tests.outreach.inbound.conftest import SECRET, postmark
from tests.web_server import running_web

pytestmark = pytest.mark.django_db(transaction=True)


def hear(count: int) -> None:
    for n in range(count):
        raw = f"From: p{n}@jets.example\r\nMessage-ID: <{n}@jets.example>\r\n\r\nYes.".encode()
        receive.store_inbound(esp="postmark", raw=raw)


def open_events() -> int:
    return ProviderEvent.objects.filter(status="received").count()


@pytest.fixture
def enabled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[..., object]]]:
    """As in a web server; what would be given to the thread is kept in a list."""
    given: list[Callable[..., object]] = []

    class Reader:
        def submit(self, read: Callable[..., object], otherwise: Callable[[], None]) -> None:
            given.append(lambda: read(otherwise))

    monkeypatch.setattr(at_once, "_reader", Reader)
    at_once._enabled.set()
    yield given
    at_once._enabled.clear()
    for _ in given:
        at_once._places.release()


def test_only_a_web_server_reads_at_once() -> None:
    hear(1)
    assert open_events() == OrmQ.objects.count() == 1


def test_what_comes_is_given_to_one_reader_and_no_more_than_one_pass_waits(
    enabled: list[Callable[..., object]],
) -> None:
    hear(4)
    assert (len(enabled), OrmQ.objects.count()) == (2, 2)


def test_a_large_mail_and_a_delivery_report_are_a_workers(
    enabled: list[Callable[..., object]],
) -> None:
    receive.store_inbound(esp="postmark", raw=b"x" * (at_once.LARGEST + 1))
    receive.store_tracking(esp="postmark", event_type="opened", key="1", payload={})
    assert (enabled, OrmQ.objects.count()) == ([], 2)


def test_a_flood_is_left_to_the_workers_and_a_few_are_not() -> None:
    hear(at_once.FEW + 1)
    assert process_few(at_once.FEW) is True
    assert open_events() == at_once.FEW + 1
    assert process_few(at_once.FEW + 1) is False
    assert open_events() == 0


def test_a_reading_that_breaks_asks_a_worker_and_gives_its_place_back(
    enabled: list[Callable[..., object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(most: int) -> bool:
        raise RuntimeError("no database")

    monkeypatch.setattr(at_once, "process_few", breaks)
    for _ in range(3):  # there are two places
        hear(1)
        ProviderEvent.objects.all().delete()
        enabled.pop()()
    assert OrmQ.objects.count() == 3


@pytest.mark.postgres
def test_a_reply_stops_what_is_left_while_no_worker_runs() -> None:
    [draft] = make_drafts(make_campaign(status="active"), 1)
    rows = Message.objects.filter(pk=draft.pk)
    rows.update(status="sent", sent_at=timezone.now())
    left = Message.objects.create(
        enrollment=draft.enrollment, campaign=draft.campaign, direction="outbound",
        kind="follow_up", status="approved", body="Still open?", to_address=draft.to_address,
        mailbox=draft.mailbox,
    )  # fmt: skip
    body = postmark(rows.get(), "Not for us.", event_id="1", message_id="<1@jets.example>")
    with running_web() as web:
        sent = json.dumps(body).encode()
        answer = web.ask(
            "/webhooks/inbound-email", sent,
            **{"Authorization": SECRET, "Content-Type": "application/json"},
        )  # fmt: skip
        assert answer.status == 200
        wait_for(lambda: Message.objects.get(pk=left.pk).status == "cancelled", what="the stop")
    assert Enrollment.objects.get(pk=draft.enrollment_id).status == "stopped"
    assert not [one for one in OrmQ.objects.all() if "process_events" in str(one.func())]
