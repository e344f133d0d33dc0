"""From a segment's page to a queued campaign, and who was in it afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.consent import Given, record
from crm.models import Company, Contact, ContactPoint, Segment, SegmentMember, SegmentVersion
from crm.segments import versions
from outreach.models import Campaign, Enrollment
from tests.factories import make_mailbox

pytestmark = pytest.mark.django_db
FORM = {"sequence": "three_step", "name": "Spring", "offer": "We look after planes."}


@pytest.fixture
def segment() -> Segment:
    make_mailbox()
    for name, role in (("Ann", "CTO"), ("Bob", "CTO"), ("Cy", "Cook")):
        contact = Contact.objects.create(name=name, role=role, country="US")
        if name != "Bob":
            ContactPoint.objects.create(contact=contact, kind="email", value=f"{name}@a.example")
    data = {"conditions": [{"field": "contact.role", "op": "word", "value": "CTO"}]}
    return versions.create_segment("CTOs", data, actor="sam")


@pytest.fixture
def desk(sam: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(sam)


def start(segment: Segment, name: str = "segment_start") -> str:
    return reverse(f"admin:outreach_{name}", args=[segment.pk])


def test_one_form_queues_the_campaign(desk: Client, segment: Segment) -> None:
    assert "Three steps" in desk.get(start(segment)).content.decode()
    answer = desk.post(start(segment), FORM, follow=True)
    page = answer.content.decode()
    assert "“Spring” is queued with 1 person." in page
    assert "Position has the word “CTO”" in page
    assert "There is no address for E-mail." in page
    campaign = Campaign.objects.get()
    assert campaign.audience is not None
    assert Enrollment.objects.get().campaign == campaign
    listed = desk.get(reverse("admin:crm_segment", args=[segment.pk])).content.decode()
    assert "Spring" in listed


def test_a_campaign_nobody_came_into_is_no_success(desk: Client, segment: Segment) -> None:
    Contact.objects.update(country="RU")
    ContactPoint.objects.update(value="ann@a.ru")
    looked = desk.post(start(segment, "segment_look"), FORM).content.decode()
    assert "<details open>" in looked
    assert "Russia asks for consent before the first e-mail" in looked
    assert "record the one they gave, with the words they saw" in looked
    assert f'href="{reverse("admin:compliance_consent_add")}">Record a consent' in looked
    ann = Contact.objects.get(name="Ann")
    assert f'href="{reverse("admin:crm_contact_change", args=[ann.pk])}">Ann</a>' in looked
    answer = desk.post(start(segment), FORM, follow=True)
    (told,) = answer.context["messages"]
    assert (told.level_tag, "nobody came in" in str(told)) == ("warning", True)
    page = answer.content.decode()
    assert "What can be done about those who stayed out" in page
    assert "Add the address on their page" in page


def test_a_segment_s_page_says_whose_law_asks_for_consent_before_a_campaign_is_begun(
    desk: Client, segment: Segment, sam: User
) -> None:
    told = "Their country asks for consent to the first e-mail, and none is recorded"
    where = reverse("admin:crm_segment_left_out", args=[segment.pk])
    assert told not in desk.get(where).content.decode()
    ann = Contact.objects.get(name="Ann")
    for country, own in (("RU", "US"), ("", "RU")):
        Contact.objects.filter(pk=ann.pk).update(
            country=country, company=Company.objects.create(name=f"Firm {own}", country=own)
        )
        assert told in desk.get(where).content.decode()
    ContactPoint.objects.filter(contact=ann).update(value="ann@a.example")
    record(
        Given(
            address_kind="email", address="Ann@a.example", kind="oral", channels=("email",),
            source="fair", given_at=timezone.now(),
        ),
        actor="sam",
    )  # fmt: skip
    assert told not in desk.get(where).content.decode()


def test_looking_first_writes_nothing(desk: Client, segment: Segment) -> None:
    page = desk.post(start(segment, "segment_look"), FORM).content.decode()
    assert "1 of 2 would come in" in page
    assert "No address for this sequence" in page
    assert not Campaign.objects.exists()
    assert not SegmentMember.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"sequence": ""}, "Choose the sequence"), ({"sequence": "x"}, "Choose the sequence"),
     ({"offer": ""}, "give its offer in one sentence")],
)  # fmt: skip
def test_a_refusal_keeps_the_form(
    desk: Client, segment: Segment, change: dict[str, str], said: str
) -> None:
    page = desk.post(start(segment), {**FORM, **change}).content.decode()
    assert said in page
    assert 'value="Spring"' in page
    assert said in desk.post(start(segment, "segment_look"), {**FORM, **change}).content.decode()
    assert not Campaign.objects.exists()


def test_everyone_must_be_said(desk: Client, segment: Segment) -> None:
    versions.write_version(segment, {"conditions": []}, actor="sam")
    assert "everyone there is, is meant" in desk.post(start(segment), FORM).content.decode()
    assert not Campaign.objects.exists()
    desk.post(start(segment), {**FORM, "everyone": "1"})
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "op", "value", "said"),
    [
        ("contact.role", "word", "Astronaut", "“CTOs” means nobody now; change what it asks."),
        ("contact.fax", "filled", None, "no field “contact.fax” any more; choose another or"),
    ],
)
def test_no_one_and_a_field_that_is_gone_start_nothing(
    desk: Client, segment: Segment, field: str, op: str, value: str | None, said: str
) -> None:
    asked = {"field": field, "op": op} | ({"value": value} if value else {})
    newest: Any = SegmentVersion.objects.filter(segment=segment)
    newest.update(definition={"match": "all", "conditions": [asked]})
    assert said in desk.post(start(segment), FORM).content.decode()
    assert said in desk.post(start(segment, "segment_look"), FORM).content.decode()
    assert not Campaign.objects.exists()


def test_what_changed_since_is_told(desk: Client, segment: Segment) -> None:
    desk.post(start(segment), FORM)
    Contact.objects.filter(name="Ann").update(role="CEO")
    Contact.objects.filter(name="Cy").update(role="CTO")
    snapshot = Campaign.objects.get().audience_id
    page = reverse("admin:outreach_audience", args=[snapshot])
    since = desk.get(reverse("admin:outreach_audience_since", args=[snapshot])).context["since"]
    assert (since.gone, since.come, since.changed) == (1, 1, 1)
    text = desk.get(page).content.decode()
    assert '<span class="sg-was">CTO</span> <span class="sg-now">CEO</span>' in text
    assert "Cy" in desk.get(f"{page}?show=new").content.decode()
    assert ">Cy<" not in desk.get(f"{page}?show=gone").content.decode()
    for show in ("in", "out", "wait", "nonsense"):
        assert desk.get(f"{page}?show={show}&after=x").status_code == 200


def test_who_may_not_start_is_refused(
    ann: User, segment: Segment, client_of: Callable[[User], Client]
) -> None:
    analyst = client_of(ann)
    assert analyst.get(start(segment)).status_code == 403
    assert analyst.post(start(segment), FORM).status_code == 403
    assert analyst.post(start(segment, "segment_look"), FORM).status_code == 403


def test_an_archived_segment_starts_nothing(desk: Client, segment: Segment) -> None:
    versions.archive(segment, actor="sam")
    assert desk.post(start(segment), FORM).status_code == 404
