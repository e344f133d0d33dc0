"""The table of rules for replies: edited, tried and switched on by who may; never by a look."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from outreach.conversations import rulebook
from outreach.models import DecisionRule, Message, Rulebook
from tests.outreach.conversations.conftest import Reply

pytestmark = pytest.mark.django_db(transaction=True)

LIST = reverse("admin:outreach_decisionrule_changelist")
TRY = reverse("admin:outreach_rules_try")
SWITCH_ON = reverse("admin:outreach_rules_switch_on")
Browser = Callable[[User], Client]


@pytest.fixture
def table(db: None) -> DecisionRule:
    rulebook.install_rules()
    return DecisionRule.objects.get(name="Not interested")


def form(**changes: object) -> dict[str, object]:
    values = {
        "position": 30, "name": "Not interested", "enabled": "on", "intent": "not_interested",
        "sentiment_over": "", "sentiment_under": "", "channel": "", "campaign_kind": "",
        "engaged": "unknown", "actions": ["ask_person", "tell_admin"],
    }  # fmt: skip
    return {**values, **changes}


def test_staff_edit_a_row_and_it_is_in_the_ledger(
    table: DecisionRule, sam: User, client_of: Browser
) -> None:
    page = reverse("admin:outreach_decisionrule_change", args=[table.pk])
    assert client_of(sam).post(page, form()).status_code == 302
    table.refresh_from_db()
    assert table.actions == ["ask_person", "tell_admin"]
    assert rulebook.in_force()[0] == 0
    assert AuditEntry.objects.get(action="rule_for_replies.changed").data == {"fields": ["actions"]}
    assert "Not in force yet" in client_of(sam).get(LIST).content.decode()


def test_an_empty_condition_is_called_any(
    table: DecisionRule, sam: User, client_of: Browser
) -> None:
    page = client_of(sam).get(reverse("admin:outreach_decisionrule_change", args=[table.pk]))
    assert page.content.decode().count(">Any</option>") == 4


@pytest.mark.parametrize(
    "changes", [{"actions": []}, {"sentiment_over": "0.5", "sentiment_under": "0.1"}]
)
def test_a_row_that_cannot_be_is_shown_again(
    table: DecisionRule, sam: User, client_of: Browser, changes: dict[str, object]
) -> None:
    page = reverse("admin:outreach_decisionrule_change", args=[table.pk])
    assert client_of(sam).post(page, form(**changes)).status_code == 200
    table.refresh_from_db()
    assert table.actions == ["close_cold"]


def test_tried_on_the_last_replies_then_switched_on(
    table: DecisionRule,
    asked: Message,
    reply: Reply,
    sam: User,
    client_of: Browser,
) -> None:
    reply(asked, "Thanks, but we are not interested.")
    DecisionRule.objects.filter(pk=table.pk).update(actions=["tell_admin"])
    browser = client_of(sam)
    page = browser.get(TRY).content.decode()
    assert "<strong>1</strong> would be treated otherwise" in page
    assert "Tell the administrators" in page
    assert not Rulebook.objects.exists()
    assert browser.post(SWITCH_ON, {"number": "0"}).status_code == 302
    assert Rulebook.objects.get().switched_on_by == "sam"
    again = browser.post(SWITCH_ON, {"number": "0"}, follow=True).content.decode()
    assert "Try yours again" in again
    assert Rulebook.objects.count() == 1


def test_who_may_not_does_not(
    table: DecisionRule, ella: User, ann: User, client_of: Browser
) -> None:
    assert client_of(ella).get(TRY).status_code == 200
    assert "Switch these rules on" not in client_of(ella).get(TRY).content.decode()
    for person in (ella, ann):
        assert client_of(person).post(SWITCH_ON, {"number": "0"}).status_code == 403
    assert client_of(table and ann).get(SWITCH_ON).status_code == 405
    assert not Rulebook.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "99999999999999999999", "-1"])
def test_a_number_that_is_none_switches_nothing_on(
    table: DecisionRule, sam: User, client_of: Browser, number: str
) -> None:
    client_of(sam).post(SWITCH_ON, {"number": number})
    assert not Rulebook.objects.exists()
