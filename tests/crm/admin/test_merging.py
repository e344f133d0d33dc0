"""The page of duplicates: two side by side, decided by a click or a key, one after the other."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance import suppression
from crm.erasure import erase_contact
from crm.merging.candidates import search_companies, search_people
from crm.models import Company, Contact, MergeCandidate, MergeRecord
from tests.crm.merging.people import person
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def twins() -> tuple[Contact, Contact]:
    firm = Company.objects.create(name="Jets")
    found = (
        person("Katherine Lee", "k@one.example", company=firm),
        person("Katharine Lee", "kate@two.example", phone="+12015550100", company=firm),
    )
    Contact.objects.filter(pk=found[1].pk).update(role="Owner")
    search_people()
    return found


def decide(client: Client, one: Contact, other: Contact, **values: str) -> str:
    where = reverse("admin:crm_merge_decide", args=["contact", one.pk, other.pk])
    return client.post(where, values, follow=True).content.decode()


def test_both_stand_side_by_side_with_what_hangs_on_them(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    suppression.suppress(
        "email", "kate@two.example", reason="opt_out", source="x", received_at=timezone.now()
    )
    page = client_of(sam).get(reverse("admin:crm_merge")).content.decode()
    for words in ("Katherine Lee", "Katharine Lee", "alike at one company.", "+12015550100",
                  "1 suppression<", "Owner", "fields differ", "Merge <kbd>m</kbd>"):  # fmt: skip
        assert words in page


def test_the_one_on_whom_more_hangs_stays_by_itself(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    (message,) = make_drafts(make_campaign(), 1)
    assert message.enrollment
    message.enrollment.contact = twins[1]
    message.enrollment.save()
    page = client_of(sam).get(reverse("admin:crm_merge")).content.decode()
    assert reverse("admin:crm_merge_decide", args=["contact", twins[1].pk, twins[0].pk]) in page
    assert "1 message<" in page


def test_merging_takes_the_chosen_values_and_shows_the_next_pair(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    one, other = twins
    page = decide(
        client_of(sam), one, other, act="merge", **{"keep-name": "other", "keep-role": "one"}
    )
    one.refresh_from_db()
    assert (one.name, one.role) == ("Katharine Lee", "")
    assert "lives on in" in page
    assert "Nothing to decide" in page


def test_not_the_same_and_later(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    client = client_of(sam)
    decide(client, *twins, act="later")
    assert MergeCandidate.objects.get().later_at
    assert "Told apart" in decide(client, *twins, act="dismiss")
    assert "sam decided already" in decide(client, *twins, act="dismiss")


def test_a_merge_is_undone_from_the_page(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    client = client_of(sam)
    decide(client, *twins, act="merge")
    record = MergeRecord.objects.get()
    where = reverse("admin:crm_merge_undo", args=[record.pk])
    assert "They are two again." in client.post(where, follow=True).content.decode()
    assert "undid this merge already" in client.post(where, follow=True).content.decode()
    assert Contact.objects.count() == 2


def test_only_who_may_merges(
    twins: tuple[Contact, Contact], ella: User, ann: User, client_of: ClientOf
) -> None:
    for user in (ella, ann):
        page = client_of(user).get(reverse("admin:crm_merge"))
        assert "Only staff may decide." in page.content.decode()
        where = reverse("admin:crm_merge_decide", args=["contact", twins[0].pk, twins[1].pk])
        assert client_of(user).post(where, {"act": "merge"}).status_code == 403
    assert not MergeRecord.objects.exists()


def test_pairs_that_a_search_held_back_are_told_of(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    cache.set("crm:duplicates-held-back:contact", 1200)
    try:
        page = client_of(sam).get(reverse("admin:crm_merge")).content.decode()
    finally:
        cache.delete("crm:duplicates-held-back:contact")
    assert "People: the last search found 1,200 pairs more than it opened." in page


def test_a_pair_of_which_one_was_erased_is_passed_over(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    erase_contact(twins[0].pk, actor="sam")
    client = client_of(sam)
    assert "Nothing to decide" in client.get(reverse("admin:crm_merge")).content.decode()
    where = reverse("admin:crm_merge_pair", args=["contact", twins[0].pk, twins[1].pk])
    assert client.get(where).status_code == 404


def test_two_are_marked_in_a_list_and_compared(
    twins: tuple[Contact, Contact], sam: User, client_of: ClientOf
) -> None:
    form = {"action": "compare", "_selected_action": [str(one.pk) for one in twins]}
    answer = client_of(sam).post(reverse("admin:crm_contact_changelist"), form)
    assert answer.status_code == 302
    assert "/duplicates/contact/" in answer["Location"]
    form["_selected_action"] = [str(twins[0].pk)]
    page = client_of(sam).post(reverse("admin:crm_contact_changelist"), form, follow=True)
    assert "Mark exactly two." in page.content.decode()


def test_companies_show_their_people(sam: User, client_of: ClientOf) -> None:
    for name in ("Meridian Jets", "Meridien Jets"):
        person(f"Pat of {name}", f"p@{name.split()[0].lower()}.example",
               company=Company.objects.create(name=name))  # fmt: skip
    search_companies()
    page = client_of(sam).get(reverse("admin:crm_merge") + "?kind=company").content.decode()
    assert "Pat of Meridien Jets" in page


def test_hostile_values_are_refused(sam: User, client_of: ClientOf) -> None:
    client = client_of(sam)
    key = Company.objects.create(name="x").pk
    assert client.get(f"/admin/duplicates/nothing/{key}/{key}/").status_code == 404
    assert client.get(f"/admin/duplicates/company/{key}/{key}/").status_code == 404
    assert client.get("/admin/duplicates/?kind=%00").status_code == 200


def test_the_page_asks_a_constant_number_of_questions(
    twins: tuple[Contact, Contact],
    sam: User,
    client_of: ClientOf,
    django_assert_max_num_queries: object,
) -> None:
    client = client_of(sam)
    client.get(reverse("admin:crm_merge"))
    with django_assert_max_num_queries(45):
        client.get(reverse("admin:crm_merge"))
