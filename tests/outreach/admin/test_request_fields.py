"""What was understood of a request is read in words, and corrected field by field."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from crm.models import Request
from outreach.briefs.create import create_request

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def page_of(request: Request) -> str:
    return reverse("admin:crm_request_change", args=[request.pk])


def fields_of(request: Request) -> str:
    return reverse("admin:outreach_request_fields", args=[request.pk])


@pytest.fixture
def dinner() -> Request:
    return create_request("We need dinner for 30 guests in Boston, budget $6k", actor="Ella")


def test_the_page_says_in_words_what_was_understood_and_what_to_ask(
    ella: User, client_of: ClientOf, dinner: Request
) -> None:
    shown = client_of(ella).get(page_of(dinner)).content.decode()
    assert "$6,000" in shown
    assert "On which date is the event?" in shown
    assert "Answer and correct" in shown
    assert "&quot;" not in shown.split("What was understood")[1].split("</section>")[0]
    assert 'name="constraints"' not in shown


def test_an_answer_is_typed_beside_its_question(
    ella: User, client_of: ClientOf, dinner: Request
) -> None:
    client = client_of(ella)
    form = client.get(fields_of(dinner)).content.decode()
    assert "On which date is the event?" in form
    assert "We need dinner for 30 guests" in form
    posted = {"was-date": "", "is-date": "2099-01-15", "was-guests": "30", "is-guests": "30"}
    shown = client.post(fields_of(dinner), posted, follow=True)
    assert shown.redirect_chain == [(page_of(dinner), 302)]
    assert "January 15, 2099" in shown.content.decode()
    assert "On which date" not in shown.content.decode()


def test_what_was_typed_stays_where_a_value_does_not_fit(
    ella: User, client_of: ClientOf, dinner: Request
) -> None:
    posted = {"was-date": "", "is-date": "soonish", "was-guests": "30", "is-guests": "44"}
    shown = client_of(ella).post(fields_of(dinner), posted).content.decode()
    assert "“soonish” is no date" in shown
    assert 'value="soonish"' in shown
    assert 'name="is-guests" value="44"' in shown
    assert 'name="was-guests" value="30"' in shown, "a second try still knows it as a change"
    dinner.refresh_from_db()
    assert dinner.constraints["guests"] == 30


def test_two_who_correct_different_fields_both_count(
    ella: User, sam: User, client_of: ClientOf, dinner: Request
) -> None:
    shown = {"was-guests": "30", "was-budget": "6000"}
    client_of(sam).post(fields_of(dinner), {**shown, "is-guests": "40", "is-budget": "6000"})
    client_of(ella).post(fields_of(dinner), {**shown, "is-guests": "30", "is-budget": "7000"})
    dinner.refresh_from_db()
    assert (dinner.constraints["guests"], dinner.constraints["budget"]) == (40, "7000")


def test_who_only_reads_sees_the_facts_and_no_way_to_change_them(
    ann: User, client_of: ClientOf, dinner: Request
) -> None:
    client = client_of(ann)
    shown = client.get(page_of(dinner)).content.decode()
    assert "$6,000" in shown
    assert "Answer and correct" not in shown
    assert client.get(fields_of(dinner)).status_code == 403
    assert client.post(fields_of(dinner), {"was-guests": "30", "is-guests": "9"}).status_code == 403


def test_without_a_category_the_page_says_what_to_do(ella: User, client_of: ClientOf) -> None:
    request = create_request("hello", actor="Ella")
    client = client_of(ella)
    assert "Choose a category" in client.get(page_of(request)).content.decode()
    assert "Read the request again as a category" in client.get(fields_of(request)).content.decode()


def test_a_value_that_is_no_choice_any_more_is_not_lost_by_saving_another(
    ella: User, client_of: ClientOf, dinner: Request
) -> None:
    dinner.constraints["occasion"] = "coronation"
    dinner.save()
    shown = client_of(ella).get(fields_of(dinner)).content.decode()
    assert '<option value="coronation" selected>' in shown


def test_fields_of_another_category_than_it_is_now_are_told(
    ella: User, client_of: ClientOf, dinner: Request
) -> None:
    posted = {"was-passengers": "4", "is-passengers": "6"}
    shown = client_of(ella).post(fields_of(dinner), posted).content.decode()
    assert "“passengers” is no field of Catering" in shown
