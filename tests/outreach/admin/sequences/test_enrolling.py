"""Starting a drip and taking people in, as somebody does it in the browser."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from outreach.models import Campaign, Enrollment, Sequence
from tests.factories import make_mailbox
from tests.outreach.admin.sequences.conftest import FRAME
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version

pytestmark = pytest.mark.django_db


def address(name: str, key: Any) -> str:
    return reverse(f"admin:outreach_{name}", args=[key])


def post(client: Any, drip: Campaign, **values: Any) -> str:
    answer = client.post(address("campaign_enroll_people", drip.pk), values)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_campaign_is_made_with_its_terms(client_of: Any, ella: User) -> None:
    make_mailbox()
    sequence = Sequence.objects.get(slug="three_step")
    values = {
        "name": "Spring", "offer": "We look after planes.", "approval_policy": "first_n",
        "approve_first": "20", "contact_gap_days": "30", "contact_budget": "200",
    }  # fmt: skip

    answer = client_of(ella).post(address("sequence_start", sequence.pk), values)

    made = Campaign.objects.get(name="Spring")
    assert answer["Location"] == address("campaign_enroll", made.pk)
    assert (made.approval_policy, made.approve_first, made.exclusive) == ("first_n", 20, False)
    assert (made.contact_gap_days, made.contact_budget, made.owner) == (30, 200, ella)


def test_a_missing_offer_is_asked_for_and_nothing_typed_is_lost(client_of: Any, ella: User) -> None:
    make_mailbox()
    sequence = Sequence.objects.get(slug="three_step")

    answer = client_of(ella).post(address("sequence_start", sequence.pk), {"name": "Spring"})

    text = answer.content.decode()
    assert "give its offer in one sentence" in text
    assert 'value="Spring"' in text
    assert not Campaign.objects.exists()


def test_looking_says_who_would_come_and_writes_nothing(client_of: Any, ella: User) -> None:
    drip = make_drip()
    people = [*make_people(3), *make_people(1, points=())]

    text = post(client_of(ella), drip, how="ticked", look="1", contact=[p.pk for p in people])

    assert "3 would come in, 1 would stay out" in text
    assert "No address for this sequence" in text
    assert "Enroll 3 people" in text
    assert "their time" in text  # the touches of the first one
    assert Enrollment.objects.count() == 0


def test_the_button_of_a_look_takes_in_the_same_people(client_of: Any, ella: User) -> None:
    drip, people = make_drip(), make_people(3)

    text = post(client_of(ella), drip, how="ticked", contact=[people[0].pk, people[1].pk])

    assert "2 came in" in text
    assert set(Enrollment.objects.values_list("contact", flat=True)) == {
        people[0].pk, people[1].pk,
    }  # fmt: skip


def test_all_who_fit_the_search_come_in(client_of: Any, ella: User) -> None:
    drip = make_drip()
    make_people(12)

    post(client_of(ella), drip, how="all", search="number1")

    assert Enrollment.objects.count() == 3  # 1, 10, 11


def test_a_list_brings_what_the_texts_need(client_of: Any, ella: User) -> None:
    steps = [{**TWO_MAILS[0], "body": "About {{ property_address }}"}]
    drip = make_drip(make_version(steps, needs_facts=["property_address"]))
    make_people(2)
    table = "email\tproperty_address\npat0@people.example\t12 Oak St\npat1@people.example\t"

    text = post(client_of(ella), drip, how="list", list=table)

    assert "1 came in, 1 stayed out" in text
    assert "Something the texts need is not known" in text
    assert Enrollment.objects.get().facts["property_address"] == "12 Oak St"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"how": "ticked"}, "Tick at least one person first."),
        ({"how": "list", "list": " "}, "Paste the list first"),
        ({"how": "list", "list": "email,shoe\na@b.example,4"}, "No text uses “shoe”"),
        ({}, "Tick at least one person first."),
    ],
)
def test_what_is_missing_is_said(
    client_of: Any, ella: User, values: dict[str, str], words: str
) -> None:
    assert words in post(client_of(ella), make_drip(), **values)


def test_a_finished_campaign_takes_nobody_in(client_of: Any, ella: User) -> None:
    drip, [pat] = make_drip(status="completed"), make_people(1)

    assert "is completed" in post(client_of(ella), drip, how="ticked", contact=[pat.pk])
    assert Enrollment.objects.count() == 0


def test_an_analyst_takes_nobody_in(client_of: Any, ann: User) -> None:
    drip, client = make_drip(), client_of(ann)

    assert client.get(address("campaign_enroll", drip.pk)).status_code == 403
    assert client.post(address("campaign_enroll_people", drip.pk)).status_code == 403
    version = drip.sequence_version
    assert version is not None
    assert client.get(address("sequence_start", version.sequence_id)).status_code == 403


def test_the_list_of_people_takes_the_same_queries(
    client_of: Any, ella: User, django_assert_num_queries: Any
) -> None:
    drip, client = make_drip(), client_of(ella)
    make_people(40)
    # the frame, campaign, how many fit, people, their addresses
    with django_assert_num_queries(FRAME + 4):
        text = client.get(address("campaign_enroll", drip.pk)).content.decode()
    assert "<b>40</b> fit" in text
