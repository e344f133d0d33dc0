"""A wish to stop beside whatever makes or opens a lead: on PostgreSQL, whoever comes first."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from compliance.opt_outs import opt_out
from crm import leads
from crm.imports import leads as lists
from crm.imports.run import import_list
from crm.models import Contact, Lead
from outreach import pipeline
from outreach.conversations import moves
from outreach.models import Enrollment, Message
from tests.outreach.conversations.conftest import touched
from tests.outreach.sequences.build import make_drip, make_people
from tests.outreach.sequences.test_races import at_once

__all__ = ["touched"]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
SOON = 0.4  # seconds within which whoever must wait is waiting


class Pause:
    """Somebody stands still where it matters until the other has had time to run into them."""

    def __init__(self) -> None:
        self.reached, self.over = threading.Event(), threading.Event()

    def here(self) -> None:
        self.reached.set()
        assert self.over.wait(20)

    def meanwhile(self, act: Callable[[], Any]) -> Any:
        assert self.reached.wait(20)
        threading.Timer(SOON, self.over.set).start()
        return act()


@pytest.fixture
def pause() -> Pause:
    return Pause()


@pytest.fixture
def pat() -> Contact:
    return make_people(1)[0]


def stop(contact: Contact) -> None:
    opt_out(
        [("email", contact.points.get().value)], words="stop", source="link",
        received_at=timezone.now(), actor="person",
    )  # fmt: skip


def refused(act: Callable[[], Any]) -> bool:
    try:
        act()
    except leads.AskedToStop:
        return True
    return False


def lost_lead(contact: Contact) -> Lead:
    return Lead.objects.create(contact=contact, status="lost")


def open_again(lead: Lead) -> Lead:
    return leads.move(Lead.objects.get(pk=lead.pk), "interested", actor="ella")


def stages() -> set[str]:
    return set(Lead.objects.values_list("status", flat=True))


def look_and_stand_still(monkeypatch: pytest.MonkeyPatch, pause: Pause) -> None:
    """Whoever asks whether somebody wants nothing has seen the answer and goes on later."""
    ask = leads.wants_nothing

    def asked(contact: Any) -> bool:
        found = ask(contact)
        pause.here()
        return found

    monkeypatch.setattr(leads, "wants_nothing", asked)


def stop_and_stand_still(contact: Contact, pause: Pause) -> None:
    with transaction.atomic():
        stop(contact)
        pause.here()


def test_a_wish_that_comes_while_a_lead_is_opened_again_closes_it(
    pat: Contact, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = lost_lead(pat)
    look_and_stand_still(monkeypatch, pause)
    at_once(lambda: open_again(lead), lambda: pause.meanwhile(lambda: stop(pat)))
    assert stages() == {"opted_out"}


def test_a_lead_opened_again_while_a_wish_is_written_down_is_refused(
    pat: Contact, pause: Pause
) -> None:
    lead = lost_lead(pat)
    _, was_refused = at_once(
        lambda: stop_and_stand_still(pat, pause),
        lambda: pause.meanwhile(lambda: refused(lambda: open_again(lead))),
    )
    assert was_refused
    assert stages() == {"lost"}


def test_a_wish_that_comes_while_a_lead_is_made_closes_it(
    pat: Contact, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_and_stand_still(monkeypatch, pause)
    at_once(
        lambda: leads.create(actor="api", contact=pat),
        lambda: pause.meanwhile(lambda: stop(pat)),
    )
    assert stages() == {"opted_out"}


def test_a_lead_made_while_a_wish_is_written_down_is_refused(pat: Contact, pause: Pause) -> None:
    _, was_refused = at_once(
        lambda: stop_and_stand_still(pat, pause),
        lambda: pause.meanwhile(lambda: refused(lambda: leads.create(actor="api", contact=pat))),
    )
    assert was_refused
    assert not Lead.objects.exists()


def is_interested(thread: Any, meanwhile: Callable[[], Any] = lambda: None) -> None:
    """As a reply that was read, or one of us who corrects its reading."""
    with transaction.atomic():
        held = Enrollment.objects.select_for_update().get(pk=thread)
        meanwhile()
        pipeline.interested(moves.conversation_of(held), actor="inbound")


def test_interest_heard_while_the_wish_comes_by_link_begins_no_lead_that_stays(
    touched: Message, pause: Pause
) -> None:
    """The reply holds its thread, the link its person: neither waits for the other for ever."""
    person = touched.enrollment.contact  # type: ignore[union-attr]
    at_once(
        lambda: is_interested(touched.enrollment_id, pause.here),
        lambda: pause.meanwhile(lambda: stop(person)),
    )
    assert stages() == {"opted_out"}
    assert Enrollment.objects.get(pk=touched.enrollment_id).status == "stopped"


def test_interest_heard_while_the_wish_is_written_down_begins_none(
    touched: Message, pause: Pause
) -> None:
    person = touched.enrollment.contact  # type: ignore[union-attr]
    at_once(
        lambda: stop_and_stand_still(person, pause),
        lambda: pause.meanwhile(lambda: is_interested(touched.enrollment_id)),
    )
    assert not Lead.objects.exists()


def take_in(folder: Path, contact: Contact) -> None:
    file = folder / "leads.csv"
    file.write_text(f"name,email\n{contact.name},{contact.points.get().value}\n")
    import_list(file, "leads", actor="sam")


def test_a_wish_that_comes_while_a_list_is_read_leaves_no_open_lead(
    pat: Contact, pause: Pause, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read = lists.said_at

    def read_and_stand_still(pairs: Any) -> Any:
        found = read(pairs)
        pause.here()
        return found

    monkeypatch.setattr(lists, "said_at", read_and_stand_still)
    at_once(lambda: take_in(tmp_path, pat), lambda: pause.meanwhile(lambda: stop(pat)))
    assert stages() == {"opted_out"}


def test_a_list_read_while_a_wish_is_written_down_leaves_no_open_lead(
    pat: Contact, pause: Pause, tmp_path: Path
) -> None:
    at_once(
        lambda: stop_and_stand_still(pat, pause),
        lambda: pause.meanwhile(lambda: take_in(tmp_path, pat)),
    )
    assert stages() == {"opted_out"}


def test_whoever_comes_first_no_lead_stays_open_and_nobody_waits_for_ever(tmp_path: Path) -> None:
    """Two leads, two addresses and a thread each, from every side at the same moment."""
    drip = make_drip()
    for number in range(ROUNDS):
        pat = make_people(1)[0]
        thread = Enrollment.objects.create(
            campaign=drip, contact=pat, company=pat.company, version=drip.sequence_version
        )
        with transaction.atomic():
            moves.conversation_of(thread)
        lead = lost_lead(pat)
        folder = tmp_path / str(number)
        folder.mkdir()
        at_once(
            lambda lead=lead: refused(lambda: open_again(lead)),
            lambda pat=pat: stop(pat),
            lambda pat=pat: stop(pat),
            lambda thread=thread: is_interested(thread.pk),
            lambda pat=pat, folder=folder: take_in(folder, pat),
        )
        theirs = set(Lead.objects.filter(contact=pat).values_list("status", flat=True))
        assert theirs <= {"lost", "opted_out"}
        assert Enrollment.objects.get(pk=thread.pk).status == "stopped"
