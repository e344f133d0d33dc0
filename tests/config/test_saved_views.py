"""Views of lists kept under a name: one's own, the team's, the default, and one that grew old."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.models import AuditEntry
from config import saved_views
from config.models import DefaultView, SavedView

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LEADS = "crm_lead_changelist"
LISTS = (LEADS, "crm_contact_changelist", "crm_company_changelist", "outreach_message_changelist",
         "compliance_suppression_changelist")  # fmt: skip
SAVE = reverse("admin:view_save")


def where(place: str) -> str:
    return reverse(f"admin:{place}")


def kept(user: User, place: str = LEADS, query: str = "tier=A", **options: Any) -> SavedView:
    return saved_views.save(user, place, "Best", query, **options)


@pytest.mark.parametrize("place", [*LISTS, "crm_lead_board", "outreach_inbox"])
def test_every_list_keeps_what_it_shows_and_opens_it_again(
    place: str, sam: User, client_of: ClientOf
) -> None:
    browser = client_of(sam)
    page = browser.get(where(place), {"q": "rosa"}).content.decode()
    assert "Keep this view" in page
    form = {"place": place, "query": "q=rosa&p=3", "name": " Rosa's  leads "}
    assert browser.post(SAVE, form).headers["Location"] == f"{where(place)}?q=rosa&p=3"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.shared) == ("Rosa's leads", "q=rosa", False)
    opened = browser.get(reverse("admin:view_open", args=[view.pk]), follow=True)
    assert opened.redirect_chain[-1][0] == f"{where(place)}?q=rosa"
    assert "Rosa&#x27;s leads" in opened.content.decode()


def test_ones_own_view_is_nobody_elses(ella: User, sam: User, client_of: ClientOf) -> None:
    view = kept(ella)
    browser = client_of(sam)
    assert "Best" not in browser.get(where(LEADS)).content.decode()
    assert browser.get(reverse("admin:view_open", args=[view.pk])).status_code == 404
    browser.post(reverse("admin:view_change", args=[view.pk]), {"act": "delete"})
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_shared_view_is_opened_by_all_and_changed_by_its_owner(
    ella: User, sam: User, client_of: ClientOf
) -> None:
    view = kept(ella, shared=True)
    browser = client_of(sam)
    page = browser.get(where(LEADS)).content.decode()
    assert "Best" in page
    assert 'value="rename"' not in page
    for act in ("rename", "replace", "unshare", "delete"):
        form = {"act": act, "name": "Mine", "place": LEADS, "query": "tier=C"}
        browser.post(reverse("admin:view_change", args=[view.pk]), form)
    view.refresh_from_db()
    assert (view.name, view.query, view.shared) == ("Best", "tier=A", True)


def test_an_administrator_clears_away_what_others_share(ella: User) -> None:
    boss = User.objects.create_superuser("boss")
    saved_views.delete(kept(ella, shared=True).pk, user=boss)
    with pytest.raises(saved_views.ViewError, match="gone"):
        saved_views.delete(kept(ella).pk, user=boss)


def test_the_default_opens_the_list_and_only_ones_own(
    ella: User, sam: User, client_of: ClientOf
) -> None:
    view = kept(ella, shared=True)
    saved_views.set_default(view.pk, on=True, user=sam)
    opened = client_of(sam).get(where(LEADS), follow=True)
    assert opened.redirect_chain[-1][0] == f"{where(LEADS)}?tier=A"
    assert client_of(ella).get(where(LEADS)).status_code == 200
    everything = client_of(sam).get(where(LEADS) + "?q=")
    assert everything.status_code == 200
    saved_views.share(view.pk, shared=False, user=ella)
    assert not DefaultView.objects.exists()


def test_a_default_of_everything_does_not_turn_in_circles(ella: User, client_of: ClientOf) -> None:
    view = kept(ella, query="")
    saved_views.set_default(view.pk, on=True, user=ella)
    assert client_of(ella).get(where(LEADS), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("place", "query", "lost"),
    [(LEADS, "tier=A&gone_field=7", "gone_field"),
     (LEADS, "batch__file_name=x", "batch__file_name"),
     (LEADS, "tier=A&owner__id__exact=nobody", "owner__id__exact"),
     ("crm_lead_board", "tier=A&planet=mars", "planet")],
)  # fmt: skip
def test_a_filter_that_is_gone_is_named_and_nothing_is_lost(
    ella: User, client_of: ClientOf, place: str, query: str, lost: str
) -> None:
    view = kept(ella, place, query)
    page = client_of(ella).get(reverse("admin:view_open", args=[view.pk]), follow=True)
    assert page.status_code == 200
    words = page.content.decode()
    assert "does not exist any more" in words
    assert lost in words
    assert SavedView.objects.get(pk=view.pk).query == query
    assert ("tier=A" in page.redirect_chain[-1][0]) == ("tier=A" in query)


def test_a_name_is_taken_once_whatever_its_case(ella: User, sam: User) -> None:
    kept(ella)
    with pytest.raises(saved_views.ViewError, match="another name"):
        saved_views.save(ella, LEADS, "bEST", "tier=B")
    saved_views.save(sam, LEADS, "Best", "tier=B")
    other = saved_views.save(ella, LEADS, "Worst", "tier=C")
    with pytest.raises(saved_views.ViewError, match="another name"):
        saved_views.rename(other.pk, "Best", user=ella)


@pytest.mark.parametrize(
    ("place", "name", "query"),
    [(LEADS, "  ", ""), (LEADS, "x" * 61, ""), ("index", "a", ""), ("", "a", ""),
     (LEADS, "a", "q=" + "x" * 3000)],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(
    ella: User, client_of: ClientOf, place: str, name: str, query: str
) -> None:
    answer = client_of(ella).post(SAVE, {"place": place, "name": name, "query": query}, follow=True)
    assert answer.status_code == 200
    assert not SavedView.objects.exists()


def test_a_hostile_place_leads_nowhere_else(ella: User, client_of: ClientOf) -> None:
    form = {"place": "https://evil.example/_changelist", "name": "a", "query": ""}
    answer = client_of(ella).post(SAVE, form)
    assert answer.headers["Location"] == reverse("admin:index")
    assert not SavedView.objects.exists()  # it could be opened by nobody


def test_each_change_stands_in_the_ledger(ella: User) -> None:
    view = kept(ella)
    saved_views.rename(view.pk, "Good", user=ella)
    saved_views.replace(view.pk, "tier=B", user=ella)
    saved_views.share(view.pk, shared=True, user=ella)
    saved_views.delete(view.pk, user=ella)
    told = AuditEntry.objects.filter(action__startswith="view.").order_by("id")
    acts = [entry.action.removeprefix("view.") for entry in told]
    assert acts == ["saved", "renamed", "replaced", "shared", "deleted"]


def test_a_menu_costs_one_query_however_many_views(ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)
    browser.get(where(LEADS))
    counts = []
    for start, stop in ((0, 1), (1, 15)):
        for n in range(start, stop):
            saved_views.save(ella, LEADS, f"View {n}", f"tier={n}", shared=True)
        with CaptureQueriesContext(connection) as queries:
            browser.get(where(LEADS))
        counts.append(len(queries))
    assert counts[0] == counts[1]
