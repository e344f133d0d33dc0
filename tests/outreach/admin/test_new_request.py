"""Create campaign: at once by the rules, in the background with a model, once however often."""

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from crm.models import Company, Request
from outreach import tasks
from outreach.briefs.create import create_request
from outreach.models import Campaign, DraftOrder, Message
from tests.desk import BRIEF, add_mailbox, add_vendors

ClientOf = Callable[[User], Client]
CREATE = "/admin/request/new/create/"
FORM = {"text": BRIEF, "once": "2f4e0a52-3f1c-4f0e-9f56-0c3b7d2a1e11"}


@pytest.fixture
def desk(db: None) -> None:
    add_mailbox()
    add_vendors(3)


@pytest.fixture
def slow_model(httpserver: HTTPServer, settings: Any) -> HTTPServer:
    """A model that takes its time and then has nothing useful to say: the rules write."""

    def answer(_request: Asked) -> Response:
        time.sleep(0.2)
        return Response("busy", status=503)

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(answer)
    settings.AI_BASE_URL, settings.AI_MODEL = httpserver.url_for("/v1"), "slow"
    settings.AI_API_KEY, settings.AI_TIMEOUT_SECONDS = "sk-test", 0.5
    return httpserver


def test_the_rules_draft_at_once(desk: None, ella: User, client_of: ClientOf) -> None:
    answer = client_of(ella).post(CREATE, FORM, follow=True)
    assert "3 drafts are ready to review." in answer.content.decode()
    assert 'id="drafting"' not in answer.content.decode()
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_with_a_model_the_page_comes_at_once_and_a_worker_drafts(
    desk: None, ella: User, client_of: ClientOf, slow_model: HTTPServer
) -> None:
    client = client_of(ella)
    answer = client.post(CREATE, FORM, follow=True)
    campaign = Campaign.objects.get()
    assert Message.objects.count() == 0
    assert "0 of 3 drafted" in answer.content.decode()
    assert "Waiting for a worker to begin." in answer.content.decode()
    assert OrmQ.objects.count() == 1
    tasks.draft_ordered()
    line = client.get(reverse("admin:outreach_campaign_drafting", args=[campaign.pk]))
    assert "3 drafts are ready to review." in line.content.decode()
    assert Message.objects.count() == 3


def test_the_line_asks_again_until_all_is_drafted(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    campaign = Campaign.objects.get()
    url = reverse("admin:outreach_campaign_drafting", args=[campaign.pk])
    company = Message.objects.all()[0].enrollment.company  # type: ignore[union-attr]
    contact = Message.objects.all()[0].enrollment.contact  # type: ignore[union-attr]
    order = DraftOrder.objects.create(campaign=campaign, company=company, contact=contact)
    waiting = client.get(url, {"seen": "0"})
    assert "every 1s" in waiting.content.decode()
    assert "HX-Trigger" not in waiting
    order.done_at = order.created_at
    order.save()
    done = client.get(url, {"seen": "0"})
    assert "every 1s" not in done.content.decode()
    assert done["HX-Trigger"] == "queue-changed, drafted"


def test_who_was_left_out_stays_on_the_queue_page(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    message = Message.objects.select_related("enrollment__company").first()
    assert message
    assert message.enrollment
    DraftOrder.objects.create(
        campaign=message.enrollment.campaign, company=message.enrollment.company,
        contact=message.enrollment.contact, done_at=message.created_at, left_out="No address.",
    )  # fmt: skip
    page = client.get(reverse("admin:outreach_campaign_queue", args=[message.campaign_id]))
    assert f"{message.enrollment.company} was left out: No address." in page.content.decode()


def test_pressing_twice_makes_one_campaign(desk: None, ella: User, client_of: ClientOf) -> None:
    client = client_of(ella)
    first, second = client.post(CREATE, FORM), client.post(CREATE, FORM)
    assert first["Location"] == second["Location"]
    assert (Request.objects.count(), Campaign.objects.count()) == (1, 1)
    assert Message.objects.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_pressing_three_times_at_once_makes_one_campaign(ella: User, client_of: ClientOf) -> None:
    add_mailbox()
    add_vendors(3)
    clients, places = [client_of(ella) for _ in range(3)], []

    def press(client: Client) -> None:
        try:
            places.append(client.post(CREATE, FORM)["Location"])
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=[client]) for client in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert len(places) == 3
    assert len(set(places)) == 1
    assert (Request.objects.count(), Campaign.objects.count()) == (1, 1)
    assert Message.objects.count() == 3


def test_other_words_in_the_same_form_are_another_request(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    client.post(CREATE, {**FORM, "text": BRIEF.replace("4 passengers", "6 passengers")})
    assert Request.objects.count() == 2
    assert Campaign.objects.count() == 2


def test_a_new_form_is_a_new_request(desk: None, ella: User, client_of: ClientOf) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    client.post(CREATE, {**FORM, "once": str(uuid4())})
    assert Request.objects.count() == 2


def test_somebody_else_s_form_number_gives_no_access_to_their_request(
    desk: None, ella: User, sam: User, client_of: ClientOf
) -> None:
    client_of(ella).post(CREATE, FORM)
    client_of(sam).post(CREATE, FORM)
    assert Request.objects.count() == 2


@pytest.mark.parametrize("once", ["", "x", "../../etc"])
def test_a_form_without_a_number_still_works(
    once: str, desk: None, ella: User, client_of: ClientOf
) -> None:
    client_of(ella).post(CREATE, {"text": BRIEF, "once": once})
    assert Campaign.objects.count() == 1


def test_the_request_s_own_button_pressed_twice_makes_one_campaign(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    request = Request.objects.get()
    shown = client.get(reverse("admin:crm_request_change", args=[request.pk])).content.decode()
    once = shown.split('name="once" value="')[1].split('"')[0]
    url = reverse("admin:outreach_request_campaign", args=[request.pk])
    places = {client.post(url, {"once": once})["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Campaign.objects.count() == 2


def test_each_form_has_its_own_number(ella: User, client_of: ClientOf) -> None:
    client = client_of(ella)
    pages = [client.get("/admin/request/new/").content.decode() for _ in range(2)]
    numbers = {page.split('name="once" value="')[1].split('"')[0] for page in pages}
    assert len(numbers) == 2


@pytest.mark.django_db(transaction=True)
def test_a_brief_that_was_stored_without_vendors_is_taken_up_again(
    ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    answer = client.post(CREATE, FORM, follow=True)
    assert "no drafts were made" in answer.content.decode()
    add_mailbox()
    add_vendors(2)
    client.post(CREATE, FORM)
    assert (Request.objects.count(), Campaign.objects.count()) == (1, 1)


def test_a_stored_request_shows_whom_to_write_to_and_writes_to_the_ticked_ones(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client, request = client_of(ella), create_request(BRIEF, actor="ella")
    page = client.get(reverse("admin:crm_request_change", args=[request.pk])).content.decode()
    assert page.count('name="vendor"') == 3
    one = Company.objects.filter(kind="vendor").first()
    assert one is not None
    assert str(one.pk) in page
    start = reverse("admin:outreach_request_campaign", args=[request.pk])
    client.post(start, {"once": FORM["once"], "chosen": "1", "vendor": str(one.pk)})
    assert [sent.enrollment.company for sent in Message.objects.all()] == [one]


@pytest.mark.parametrize("door", ["stored", "new"])
def test_no_ticked_vendor_is_no_campaign_for_all(
    desk: None, ella: User, client_of: ClientOf, door: str
) -> None:
    client = client_of(ella)
    where = CREATE
    if door == "stored":
        made = create_request(BRIEF, actor="ella")
        where = reverse("admin:outreach_request_campaign", args=[made.pk])
    answer = client.post(where, {**FORM, "chosen": "1"}, follow=True)
    assert "No vendor was ticked." in answer.content.decode()
    assert (Request.objects.count(), Campaign.objects.count()) == (1, 0)


def test_a_request_nobody_can_be_asked_for_says_what_to_do(
    sam: User, ella: User, ann: User, client_of: ClientOf
) -> None:
    request = create_request("Dinner for 40 guests in Boston on May 3", actor="ella")
    company = Company.objects.create(name="Silent Kitchen", kind="vendor")
    company.categories.add(request.category)
    address = reverse("admin:crm_request_change", args=[request.pk])
    page = client_of(sam).get(address).content.decode()
    add, change = (reverse(f"admin:crm_company_{name}", args=args)
                   for name, args in (("add", []), ("change", [company.pk])))  # fmt: skip
    assert f'href="{add}"' in page
    assert f"categories__id__exact={request.category_id}" in page
    assert f'Without a usable address: <a href="{change}">Silent Kitchen</a>' in page
    assert "Create campaign and drafts" not in page
    assert f'href="{add}"' not in client_of(ella).get(address).content.decode()  # has no right to
    assert "Nobody of this category" not in client_of(ann).get(address).content.decode()


def test_a_request_is_read_again_from_its_own_page(ella: User, client_of: ClientOf) -> None:
    request = create_request("Something for 30 guests in Boston on May 3", actor="Ella")
    client = client_of(ella)
    page = reverse("admin:crm_request_change", args=[request.pk])
    assert "Read again" in client.get(page).content.decode()
    again = reverse("admin:outreach_request_reread", args=[request.pk])
    form = {"text": "Dinner for 40 guests in Boston", "category": "catering"}
    assert client.get(again).status_code == 405
    shown = client.post(again, form, follow=True)
    assert shown.redirect_chain == [(page, 302)]
    assert "Read again: Catering" in shown.content.decode()
    request.refresh_from_db()
    assert request.constraints["guests"] == 40


def test_reading_again_speaks_of_drafts_that_stay(
    desk: None, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    client.post(CREATE, FORM)
    before = list(Message.objects.values_list("body", flat=True))
    again = reverse("admin:outreach_request_reread", args=[Request.objects.get().pk])
    shown = client.post(again, {"text": "A heavy jet from Miami to Aspen"}, follow=True)
    assert "keep their words" in shown.content.decode()
    assert list(Message.objects.values_list("body", flat=True)) == before


def test_what_cannot_be_read_again_is_told_and_changes_nothing(
    ella: User, client_of: ClientOf
) -> None:
    request = create_request(BRIEF, actor="Ella")
    again = reverse("admin:outreach_request_reread", args=[request.pk])
    shown = client_of(ella).post(again, {"text": BRIEF, "category": "unicorns"}, follow=True)
    assert "Nothing was changed. There is no category" in shown.content.decode()


def test_who_only_reads_may_not_read_again(ann: User, client_of: ClientOf) -> None:
    request = create_request(BRIEF, actor="Ella")
    client = client_of(ann)
    page = client.get(reverse("admin:crm_request_change", args=[request.pk])).content.decode()
    assert BRIEF in page
    assert "Read again" not in page
    again = reverse("admin:outreach_request_reread", args=[request.pk])
    assert client.post(again, {"category": "catering"}).status_code == 403
