"""The page of people: filters that count, touches with local times, and acts on those meant."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from outreach.models import Campaign, Enrollment
from outreach.sequences import stop, versions
from outreach.sequences.enroll import enroll
from tests.outreach.admin.sequences.conftest import FRAME
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people
from tests.outreach.sequences.clock import Clock, tick

pytestmark = pytest.mark.django_db
EVERYBODY = reverse("admin:outreach_people")


@pytest.fixture
def drip(clock: Clock) -> Campaign:
    """Four people, enrolled on a Tuesday at 8 in the morning of New York."""
    made = make_drip()
    enroll(made, [person.pk for person in make_people(4)], actor="sam")
    return made


def of(drip: Campaign, name: str = "campaign_people") -> str:
    return reverse(f"admin:outreach_{name}", args=[drip.pk])


def rows(drip: Campaign) -> list[Enrollment]:
    return list(Enrollment.objects.filter(campaign=drip).order_by("contact__name"))


def test_each_row_tells_the_next_touch_on_the_person_s_clock(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    text = client_of(ella).get(of(drip)).content.decode()

    assert text.count("Tue 1 Dec, 09:00") == 4
    assert text.count("0 of 2") >= 4


def test_a_drafted_touch_is_told_as_such(client_of: Any, ella: User, drip: Campaign) -> None:
    tick()

    text = client_of(ella).get(of(drip)).content.decode()

    assert text.count("Step 1 is drafted.") == 4


def test_the_reason_of_a_stop_is_told(client_of: Any, ella: User, drip: Campaign) -> None:
    one = rows(drip)[0]
    stop.remove(Enrollment.objects.filter(pk=one.pk), actor="sam", reason="Sold the house.")

    text = client_of(ella).get(of(drip) + "?state=stopped").content.decode()

    assert "Sold the house." in text
    assert text.count('name="enrollment"') == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 4), ("?state=pending", 4), ("?state=paused", 0), ("?q=number2", 1), ("?q=pat3@", 1),
     ("?state=nonsense", 4), ("?sequence=nonsense", 4), ("?page=99", 4)],
)  # fmt: skip
def test_filters_keep_whom_they_name(
    client_of: Any, ella: User, drip: Campaign, query: str, count: int
) -> None:
    for address in (EVERYBODY, of(drip)):
        text = client_of(ella).get(address + query).content.decode()
        assert text.count('name="enrollment"') == count


def test_everybody_can_be_narrowed_to_a_sequence_and_a_campaign(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    other = make_drip(name="Other")
    enroll(other, [person.pk for person in make_people(2)], actor="sam")
    client = client_of(ella)
    assert other.sequence_version is not None

    for query in (f"campaign={other.pk}", f"sequence={other.sequence_version.sequence_id}"):
        text = client.get(f"{EVERYBODY}?{query}").content.decode()
        assert text.count('name="enrollment"') == 2


def test_pausing_and_resuming_reach_only_those_ticked(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    client, (one, *_others) = client_of(ella), rows(drip)

    client.post(of(drip, "campaign_people_act"), {"act": "pause", "enrollment": [one.pk]})
    assert [row.paused_by for row in rows(drip)] == ["ella", "", "", ""]
    text = client.get(of(drip) + "?state=paused").content.decode()
    assert "Paused by ella." in text
    client.post(of(drip, "campaign_people_act"), {"act": "resume", "enrollment": [one.pk]})

    assert not any(row.paused_at for row in rows(drip))


def test_whoever_is_paused_is_counted_and_listed_once(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    client, (one, *_others) = client_of(ella), rows(drip)
    client.post(of(drip, "campaign_people_act"), {"act": "pause", "enrollment": [one.pk]})

    text = client.get(of(drip)).content.decode()

    for chip in ("Everybody 4", "Pending 3", "Paused 1"):
        assert f">{chip}</a>" in text
    assert text.count(">Paused</span>") == 1
    pending = client.get(of(drip) + "?state=pending").content.decode()
    assert pending.count('name="enrollment"') == 3


def test_an_act_on_all_who_fit_keeps_to_the_filter(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    values = {"act": "remove", "everybody": "1", "q": "number2", "reason": "Moved away."}

    client_of(ella).post(of(drip, "campaign_people_act"), values)

    assert [row.stop_reason for row in rows(drip)].count("Moved away.") == 1


def test_nothing_ticked_does_nothing(client_of: Any, ella: User, drip: Campaign) -> None:
    client_of(ella).post(of(drip, "campaign_people_act"), {"act": "remove"})

    assert {row.status for row in rows(drip)} == {"pending"}


def test_people_of_another_campaign_are_out_of_reach(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    ids = [row.pk for row in rows(drip)]

    client_of(ella).post(
        of(make_drip(), "campaign_people_act"), {"act": "remove", "enrollment": ids}
    )

    assert {row.status for row in rows(drip)} == {"pending"}


def test_moving_takes_them_to_the_version_chosen(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    assert drip.sequence_version is not None
    steps = [TWO_MAILS[0], {**TWO_MAILS[1], "after_days": 9}]
    newest = versions.write_version(drip.sequence_version.sequence, {"steps": steps}, actor="sam")
    ids = [row.pk for row in rows(drip)][:2]

    client_of(ella).post(
        of(drip, "campaign_people_act"), {"act": "move", "version": newest.pk, "enrollment": ids}
    )

    assert [row.version_id for row in rows(drip)].count(newest.pk) == 2


@pytest.mark.parametrize("version", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_moving_to_no_version_says_so(
    client_of: Any, ella: User, drip: Campaign, version: str
) -> None:
    values = {"act": "move", "version": version, "everybody": "1"}

    answer = client_of(ella).post(of(drip, "campaign_people_act"), values, follow=True)

    assert "Choose a version to move to." in answer.content.decode()


def test_every_touch_of_a_person_is_shown_with_date_and_hour(
    client_of: Any, ella: User, drip: Campaign
) -> None:
    text = client_of(ella).get(
        reverse("admin:outreach_touches", args=[rows(drip)[0].pk])
    ).content.decode()  # fmt: skip

    assert "Tue 1 Dec 2026" in text
    assert "Fri 4 Dec 2026" in text
    assert "09:00 EST, their time" in text
    assert "Hello again Pat" in text


def test_an_analyst_may_look_and_not_act(client_of: Any, ann: User, drip: Campaign) -> None:
    client = client_of(ann)

    assert 'name="act"' not in client.get(of(drip)).content.decode()
    for address in (reverse("admin:outreach_people_act"), of(drip, "campaign_people_act")):
        answer = client.post(address, {"act": "remove", "everybody": "1"})
        assert answer.status_code == 403


def test_the_page_takes_the_same_queries_however_many(
    client_of: Any, ella: User, drip: Campaign, django_assert_max_num_queries: Any
) -> None:
    client = client_of(ella)
    enroll(drip, [person.pk for person in make_people(30)], actor="sam")
    tick()
    # the frame, 2 campaign and versions, 4 of the list and its states, the outlook's 10
    with django_assert_max_num_queries(FRAME + 16):
        text = client.get(of(drip)).content.decode()
    assert text.count('name="enrollment"') == 34
