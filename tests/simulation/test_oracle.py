"""The judge looks at what arrived: one mail to each of two colleagues, and one thing amiss."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from crm.models import Contact
from outreach.models import Campaign, Enrollment, Message
from outreach.sequences.enroll import enroll
from tests.outreach.sequences.build import make_drip, make_people, make_version
from tests.simulation.log import Approved, Arrival, ByHand, Log, Resident, Wish
from tests.simulation.oracle import Judge

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 10, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Story:
    """Two people of one company, each with a mail that arrived at noon."""

    def __init__(self) -> None:
        self.log = Log()
        people = make_people(2)
        Contact.objects.update(company=people[0].company)
        self.drip: Campaign = make_drip(make_version(reply_stops="company"))
        report = enroll(self.drip, [one.pk for one in people], actor="sam", now=NOON - 24 * HOUR)
        assert report.taken_in == 2
        Enrollment.objects.update(created_at=NOON - 24 * HOUR, stop_reason="enough")
        self.people = people
        self.by_contact = {one.pk: key for key, one in enumerate(people)}
        self.residents = [
            Resident(key, f"pat{key}@people.example", state="TX", zip_zone="America/Chicago")
            for key in range(2)
        ]
        self.messages = [self._message(one) for one in self.residents]

    def _message(self, who: Resident) -> Message:
        enrollment = Enrollment.objects.get(contact=self.people[who.key])
        mark = f"<{who.key}@desk>"
        row = Message.objects.create(
            enrollment=enrollment, campaign=self.drip, direction="outbound", channel="email",
            kind="first", status="sent", step=1, to_address=who.email, subject="Hello",
            body="Hello", rfc_message_id=mark, hand_over_at=NOON, sent_at=NOON,
        )  # fmt: skip
        self.log.arrivals.append(Arrival(NOON, "email", who.email, mark, "Hello", "Hello\n"))
        self.log.approved[row.pk] = [Approved(NOON - HOUR, who.email, "Hello", "Hello")]
        return row

    def faults(self) -> list[str]:
        return Judge(self.log, self.residents, self.by_contact).judge()

    def only_fault(self) -> str:
        [fault] = self.faults()
        return fault


@pytest.fixture
def story() -> Story:
    return Story()


def test_a_story_in_order_has_no_fault(story: Story) -> None:
    assert story.faults() == []


def test_mail_after_an_opt_out(story: Story) -> None:
    story.log.wishes.append(Wish(0, NOON - HOUR, "link", everything=True))
    assert "they asked for silence at 10 Nov 16:00:00" in story.only_fault()


def test_what_was_on_its_way_when_they_asked_is_excused(story: Story) -> None:
    story.log.wishes.append(Wish(0, NOON + HOUR / 1800, "link", everything=True))
    story.log.arrivals[0] = Arrival(
        NOON + HOUR / 900, "email", "pat0@people.example", "<0@desk>", "Hello", "Hello"
    )
    assert story.faults() == []


def test_mail_after_an_answer_counts_for_both_colleagues(story: Story) -> None:
    thread = story.messages[0].enrollment_id
    story.log.wishes.append(Wish(0, NOON - HOUR, "reply", everything=False, thread=thread))
    own, colleague = story.faults()
    assert "they answered at" in own
    assert "a colleague answered at" in colleague


def test_mail_to_an_address_that_bounced(story: Story) -> None:
    story.log.dead.append(("pat1@people.example", NOON - HOUR))
    assert "it does not exist since 10 Nov 16:00:00" in story.only_fault()


@pytest.mark.parametrize("what", ["person", "campaign", "everything"])
def test_mail_while_it_was_held(story: Story, what: str) -> None:
    ids = {"person": [story.messages[0].enrollment_id], "campaign": [story.drip.pk]}.get(what)
    story.log.hold(NOON - HOUR, NOON + HOUR, ids)  # type: ignore[arg-type]
    assert len(story.faults()) == (1 if what == "person" else 2)
    assert "held from 10 Nov 16:00:00" in story.faults()[0]


def test_other_words_than_those_approved(story: Story) -> None:
    story.log.approved[story.messages[0].pk] = [
        Approved(NOON - HOUR, "pat0@people.example", "Hello", "Good morning")
    ]
    assert "not the words that were approved" in story.only_fault()


def test_what_nobody_approved_before_it_left(story: Story) -> None:
    story.log.approved[story.messages[0].pk] = [
        Approved(NOON + HOUR, "pat0@people.example", "Hello", "Hello")
    ]
    assert "nobody approved it" in story.only_fault()


def test_what_arrived_twice(story: Story) -> None:
    story.log.arrivals.append(story.log.arrivals[0])
    assert any("sent twice" in fault for fault in story.faults())


def test_a_second_mail_within_a_day_of_a_call(story: Story) -> None:
    story.log.by_hand.append(ByHand(NOON - 23 * HOUR, 0, "social", ""))
    assert "a second one in 24 hours" in story.only_fault()


def test_what_stands_as_sent_and_never_arrived(story: Story) -> None:
    del story.log.arrivals[0]
    assert "never arrived: sent" in story.only_fault()


@pytest.mark.parametrize("status", ["cancelled", "failed", "skipped"])
def test_what_arrived_and_stands_as_something_else(story: Story, status: str) -> None:
    Message.objects.filter(pk=story.messages[0].pk).update(status=status, reason="whatever")
    assert f"arrived, and stands {status}" in story.only_fault()


def test_a_touch_that_was_never_made(story: Story) -> None:
    Enrollment.objects.filter(pk=story.messages[0].enrollment_id).update(status="completed")
    assert "step 2 (email) was never made" in story.only_fault()


def test_somebody_who_is_still_under_way_when_it_is_over(story: Story) -> None:
    Enrollment.objects.filter(pk=story.messages[0].enrollment_id).update(stop_reason="")
    assert "nothing says why" in story.only_fault()


def test_what_should_have_left_days_ago(story: Story) -> None:
    del story.log.arrivals[0]
    changes = {"status": "approved", "due_at": timezone.now() - 96 * HOUR}
    Message.objects.filter(pk=story.messages[0].pk).update(**changes)
    assert story.only_fault().startswith("lost: ")
