"""A drip's queue: a batch goes as it was read, exceptions stay, and nobody lacks the right."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry
from outreach import editing, pause
from outreach.choices import MessageStatus
from outreach.models import Approval, Campaign, Enrollment, Message
from outreach.sequences.enroll import enroll
from tests.outreach.admin.sequences.conftest import FRAME
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def drip(clock: Clock) -> Campaign:
    """Six people whose first mail waits for review."""
    made = make_drip()
    enroll(made, [person.pk for person in make_people(6)], actor="sam")
    tick()
    return made


def page(drip: Campaign, name: str = "campaign_drip") -> str:
    return reverse(f"admin:outreach_{name}", args=[drip.pk])


def keys(drip: Campaign) -> list[str]:
    return [f"{m.pk}:{m.version}" for m in Message.objects.filter(campaign=drip)]


def statuses(drip: Campaign) -> list[str]:
    return sorted(Message.objects.filter(campaign=drip).values_list("status", flat=True))


def test_the_page_shows_one_wording_and_what_differs(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    text = client_of(ella).get(page(drip)).content.decode()

    assert "<b>6</b> alike" in text
    assert text.count("the same for everybody") == 6  # all are greeted as Pat


def test_an_empty_queue_says_when_the_next_draft_is_written(
    client_of: Any, ella: User, clock: Clock
) -> None:
    """A Tuesday at 8 in New York; a first touch at 9 is drafted at once, one at weekends later."""
    drip = make_drip()
    client = client_of(ella)
    assert "Nobody is under way in this campaign." in client.get(page(drip)).content.decode()
    enroll(drip, [person.pk for person in make_people(2)], actor="sam")
    text = client.get(page(drip)).content.decode()
    assert "2 people are under way." in text
    assert "The next drafts appear here by themselves within a minute." in text
    assert "every 2s" in text
    Enrollment.objects.update(next_touch_at=clock.now + timedelta(days=2))
    when = timezone.localtime(clock.now + timedelta(days=2))
    text = client.get(page(drip)).content.decode()
    assert f"the next on {when:%a} {when.day} {when:%b, %H:%M}." in text
    assert "every 2s" not in text


def test_a_paused_campaign_promises_no_draft(client_of: Any, ella: User, clock: Clock) -> None:
    drip = make_drip()
    enroll(drip, [person.pk for person in make_people(2)], actor="sam")
    pause.pause_campaign(drip, actor="sam")
    text = client_of(ella).get(page(drip)).content.decode()
    assert "Drafts are written once the campaign goes on." in text
    assert "every 2s" not in text
    assert "Draft now" not in text


def test_draft_now_writes_the_first_drafts_of_later_days(
    client_of: Any, ella: User, clock: Clock
) -> None:
    """Enrolled on a Friday, first written to on Monday: ella reads the drafts today."""
    clock.turn(days=3)
    drip = make_drip(make_version([{**TWO_MAILS[0], "weekdays": ["mon"]}]))
    enroll(drip, [person.pk for person in make_people(2)], actor="sam")
    assert tick() == {}, "its day has not come"
    client = client_of(ella)
    assert "2 first drafts of the coming week are not written yet" in (
        client.get(page(drip)).content.decode()
    )

    text = client.post(page(drip, "campaign_drip_draft_now")).content.decode()

    assert "<strong>2 drafts</strong> are being written now." in text
    assert tick()["made"] == 2
    assert {m.due_at for m in Message.objects.filter(campaign=drip)} == {
        datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
    }
    assert AuditEntry.objects.get(action="campaign.drafts_wanted").actor == "ella"


def test_who_only_reads_cannot_ask_for_drafts(client_of: Any, ann: User, clock: Clock) -> None:
    clock.turn(days=3)
    drip = make_drip(make_version([{**TWO_MAILS[0], "weekdays": ["mon"]}]))
    enroll(drip, [person.pk for person in make_people(1)], actor="sam")
    client = client_of(ann)
    assert client.post(page(drip, "campaign_drip_draft_now")).status_code == 403
    assert "Draft now" not in client.get(page(drip)).content.decode()


def test_a_batch_is_approved_in_the_approver_s_name(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    answer = client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": keys(drip)})

    assert "6 approved." in answer.content.decode()
    assert statuses(drip) == [MessageStatus.APPROVED] * 6
    assert set(Approval.objects.values_list("approver__username", flat=True)) == {"ella"}


def test_the_numbers_over_the_batches_are_told_anew_after_an_approval(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    client = client_of(ella)
    answer = client.post(page(drip, "campaign_drip_approve"), {"draft": keys(drip)[:2]})
    assert answer["HX-Trigger"] == "queue-changed"

    head = client.get(page(drip), headers={"HX-Target": "drip-head"}).content.decode()

    assert "<b>4</b> to review" in head
    assert "<b>2</b> approved" in head
    assert "<html" not in head


def test_only_what_is_ticked_goes(client_of: Any, ella: User, drip: Campaign) -> None:
    client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": keys(drip)[:2]})

    assert statuses(drip).count(MessageStatus.APPROVED) == 2


def test_what_was_changed_after_it_was_read_stays(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    read = keys(drip)
    changed = Message.objects.filter(campaign=drip).first()
    assert changed is not None
    editing.edit(changed.pk, actor="sam", version=1, subject="Hello", body="Hello, other words")

    answer = client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": read})

    assert "Somebody changed it since you read it" in answer.content.decode()
    changed.refresh_from_db()
    assert changed.status == MessageStatus.EA_REVIEW
    assert statuses(drip).count(MessageStatus.APPROVED) == 5


def test_a_flagged_draft_does_not_go_with_its_batch(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    Message.objects.filter(pk=keys(drip)[0].split(":")[0]).update(flagged=True, reason="Odd.")

    client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": keys(drip)})

    assert statuses(drip).count(MessageStatus.EA_REVIEW) == 1


def test_drafts_of_another_campaign_are_out_of_reach(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    other = make_drip(name="Other")

    client_of(ella).post(page(other, "campaign_drip_approve"), {"draft": keys(drip)})

    assert statuses(drip) == [MessageStatus.EA_REVIEW] * 6


def test_skipping_sets_aside_with_the_reason(client_of: Any, ella: User, drip: Campaign) -> None:
    values = {"draft": keys(drip)[:1], "reason": "Not now"}

    client_of(ella).post(page(drip, "campaign_drip_skip"), values)

    assert Message.objects.get(status=MessageStatus.SKIPPED).reason == "Not now"


@pytest.mark.parametrize("draft", ["", "x", "x:1", "00000000-0000-0000-0000-000000000000:1", ":"])
def test_a_forged_draft_does_nothing(
    client_of: Any, ella: User, drip: Campaign, draft: str
) -> None:
    answer = client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": [draft]})

    assert answer.status_code == 200
    assert statuses(drip) == [MessageStatus.EA_REVIEW] * 6


def test_an_analyst_reads_and_cannot_let_go(client_of: Any, ann: User, drip: Campaign) -> None:
    client = client_of(ann)

    assert 'name="draft"' not in client.get(page(drip)).content.decode()
    for name in ("campaign_drip_approve", "campaign_drip_skip", "campaign_drip_pause"):
        assert client.post(page(drip, name), {"draft": keys(drip)}).status_code == 403
    assert statuses(drip) == [MessageStatus.EA_REVIEW] * 6


def test_a_campaign_without_a_sequence_has_no_such_page(client_of: Any, ella: User) -> None:
    from tests.factories import make_campaign

    assert client_of(ella).get(page(make_campaign())).status_code == 404


def test_an_answer_that_belongs_to_no_step_is_read_singly(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    enrollment = Enrollment.objects.filter(campaign=drip)[0]
    Message.objects.create(
        campaign=drip, enrollment=enrollment, direction="outbound", kind="answer",
        status="ea_review", subject="Re: Hello", body="Gladly.",
    )  # fmt: skip

    text = client_of(ella).get(page(drip)).content.decode()

    assert "Re: Hello" in text
    assert "<b>7</b> to review" in text


def test_the_same_reason_is_told_once_with_names(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    Message.objects.filter(campaign=drip).update(flagged=True, reason="Odd price.")

    answer = client_of(ella).post(page(drip, "campaign_drip_approve"), {"draft": keys(drip)})

    text = answer.content.decode()
    notice = text[: text.index("</ul>")]
    assert notice.count("Odd price.") == 1
    assert "and 1 more" in notice


def test_the_review_page_names_the_drip_and_lists_none_of_its_drafts(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    Message.objects.filter(pk=keys(drip)[0].split(":")[0]).update(flagged=True)

    text = client_of(ella).get(reverse("admin:outreach_review")).content.decode()

    assert "<b>6</b> drafts by step and variant" in text
    assert "<b>1</b> flagged" in text
    assert "at-row" not in text


def test_pausing_and_resuming_come_back_to_the_page(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    client = client_of(ella)

    paused = client.post(page(drip, "campaign_drip_pause"), follow=True)
    assert "Paused by ella" in paused.content.decode()
    client.post(page(drip, "campaign_drip_pause"), {"resume": "1"})

    drip.refresh_from_db()
    assert not drip.paused


def test_the_same_queries_for_any_number_of_drafts(
    client_of: Any, ella: User, drip: Campaign, django_assert_num_queries: Any
) -> None:
    client = client_of(ella)
    enroll(drip, [person.pk for person in make_people(20)], actor="sam")
    tick()
    # the frame, campaign, policy, budget, how many wait and are approved; drafts,
    # their totals, answers, who comes next
    with django_assert_num_queries(FRAME + 9):
        client.get(page(drip))
