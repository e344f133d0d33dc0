"""Rules for replies: shipped, edited in a table, tried on the last replies, then switched on."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from compliance.models import AuditEntry
from outreach.conversations import rulebook
from outreach.conversations.shipped_rules import SHIPPED
from outreach.errors import NotAllowedNow
from outreach.models import Conversation, DecisionRule, Message, Rulebook
from tests.outreach.conversations.conftest import Reply, sent_by

pytestmark = pytest.mark.django_db(transaction=True)

NO = "Thanks, but we are not interested."


@pytest.fixture
def table(db: None) -> None:
    rulebook.install_rules()


def test_what_is_shipped_is_in_force_and_in_the_table(table: None) -> None:
    assert rulebook.in_force() == (0, SHIPPED)
    assert rulebook.edited() == SHIPPED
    rulebook.install_rules()
    assert DecisionRule.objects.count() == len(SHIPPED)


def test_an_edit_is_not_in_force_before_it_is_switched_on(
    table: None, asked: Message, reply: Reply, ella: User
) -> None:
    DecisionRule.objects.filter(name="Not interested").update(actions=["ask_person"])
    first = reply(asked, NO)
    assert Conversation.objects.get(pk=first.enrollment_id).outcome == "cold"
    book = rulebook.switch_on(actor="sam", expected=0)
    second = reply(sent_by(ella)[0], NO)
    assert Conversation.objects.get(pk=second.enrollment_id).state == "replied"
    assert second.reading.decision["rulebook"] == book.number == 1
    assert AuditEntry.objects.filter(action="rulebook.switched_on").count() == 1


def test_trying_shows_what_would_change_and_changes_nothing(
    table: None, ella: User, reply: Reply, django_assert_num_queries: object
) -> None:
    for asked in sent_by(ella, 3):
        reply(asked, NO)
    DecisionRule.objects.filter(name="Not interested").update(actions=["ask_person"])
    steps = AuditEntry.objects.count()
    with django_assert_num_queries(3):  # type: ignore[operator]  the two sets of rules, the replies
        tried = rulebook.try_out(rulebook.edited())
        assert [str(one.reading.message.enrollment.company) for one in tried]  # type: ignore[union-attr]
    assert [one.differs for one in tried] == [True] * 3
    assert {(one.now.actions, one.then.actions) for one in tried} == {
        (("ask_person", "close_cold"), ("ask_person",))
    }
    assert AuditEntry.objects.count() == steps


def test_who_tried_against_another_rulebook_tries_again(table: None) -> None:
    rulebook.switch_on(actor="sam", expected=0)
    with pytest.raises(NotAllowedNow, match="Try yours again"):
        rulebook.switch_on(actor="ella", expected=0)
    assert Rulebook.objects.count() == 1


def test_an_empty_table_is_not_switched_on(table: None) -> None:
    DecisionRule.objects.update(enabled=False)
    with pytest.raises(NotAllowedNow, match="no rule"):
        rulebook.switch_on(actor="sam", expected=0)


@pytest.mark.parametrize(
    "changes",
    [
        {"actions": []},
        {"actions": ["write_poetry"]},
        {"actions": "leave"},
        {"sentiment_over": 0.5, "sentiment_under": 0.2},
        {"sentiment_over": 7.0},
        {"intent": "lovely"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    rule = DecisionRule(**{"name": "Mine", "actions": ["leave"], **changes})
    with pytest.raises(ValidationError):
        rule.full_clean()
