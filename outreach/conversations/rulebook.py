"""The rules for replies: those in force, those being edited, and what the edited ones would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from compliance import audit
from outreach.choices import MessageKind, ReplyAction, TalkState
from outreach.conversations.decisions import Decision, Rule, Said, Standing, decide, rule_from
from outreach.conversations.shipped_rules import SHIPPED
from outreach.errors import NotAllowedNow
from outreach.models import DecisionRule, MessageReading, Rulebook

LAST = 100
BY = "shipped"


def in_force() -> tuple[int, tuple[Rule, ...]]:
    """The number of the rulebook in force and its rules; what was shipped where there is none."""
    book = Rulebook.objects.order_by("-number").first()
    if book is None:
        return 0, SHIPPED
    return book.number, tuple(rule_from(data) for data in book.rules)


def edited() -> tuple[Rule, ...]:
    """The rules as they stand in the table now, switched on or not."""
    return tuple(_rule_of(row) for row in DecisionRule.objects.filter(enabled=True))


def _rule_of(row: DecisionRule) -> Rule:
    return Rule(
        row.name, tuple(row.actions), row.intent, row.sentiment_over, row.sentiment_under,
        row.channel, row.campaign_kind, row.engaged,
    )  # fmt: skip


@transaction.atomic
def switch_on(*, actor: str, expected: int) -> Rulebook:
    """Put the table as it stands in force. `expected` is the rulebook it was tried against.

    Raises NotAllowedNow where somebody switched on another meanwhile, or the table is empty.
    """
    number, before = in_force()
    rules = edited()
    if number != expected:
        raise NotAllowedNow("Somebody has switched on other rules meanwhile. Try yours again.")
    if not rules:
        raise NotAllowedNow("The table has no rule that is enabled.")
    book = Rulebook(
        number=number + 1, rules=[rule.as_data() for rule in rules], switched_on_by=actor,
        switched_on_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            book.save(force_insert=True)
    except IntegrityError:
        raise NotAllowedNow("Somebody has switched on other rules at this moment.") from None
    data = {"rules": book.rules, "before": [rule.as_data() for rule in before]}
    audit.append("rulebook.switched_on", book, actor=actor, data=data)
    return book


@dataclass(frozen=True, slots=True)
class Tried:
    """One of the last replies: what was read, what is done now, what would be done."""

    reading: MessageReading
    now: Decision
    then: Decision

    @property
    def differs(self) -> bool:
        return self.now.actions != self.then.actions


def try_out(rules: Sequence[Rule], *, limit: int = LAST) -> list[Tried]:
    """What these rules would do about the last replies, beside those in force; nothing is done.

    One query for the replies, whatever their number.
    """
    _number, current = in_force()
    rows = (
        MessageReading.objects.filter(message__kind=MessageKind.REPLY)
        .select_related("message__campaign", "message__enrollment__company")
        .order_by("-read_at")[:limit]
    )
    found = []
    for row in rows:
        said, standing = said_in(row), standing_in(row)
        found.append(Tried(row, decide(said, standing, current), decide(said, standing, rules)))
    return found


def said_in(row: MessageReading) -> Said:
    """What a decision looks at in a stored reading; a person's correction counts."""
    return Said(
        row.said_intent, row.score, row.opt_out_verdict, row.escalate,
        1.0 if row.corrected_intent else row.confidence,
    )  # fmt: skip


def standing_in(row: MessageReading) -> Standing:
    """How the conversation stood when the reply was decided on."""
    kept: dict[str, Any] = row.decision.get("standing") or {}
    campaign = row.message.campaign
    return Standing(
        state=kept.get("state", TalkState.REPLIED.value),
        channel=row.message.channel,
        campaign_kind=campaign.kind if campaign else "",
        engaged=bool(kept.get("engaged")),
        trusted=row.message.sender_known,
        late=bool(kept.get("late")),
    )


def install_rules(using: str = "default", **_signal: Any) -> None:
    """A `post_migrate` receiver: the shipped table, where nobody has one yet."""
    tables = connections[using].introspection.table_names()
    if DecisionRule._meta.db_table not in tables or DecisionRule.objects.exists():
        return
    rows = []
    for number, rule in enumerate(SHIPPED, start=1):
        rows.append(DecisionRule(position=number * 10, **rule.as_data()))
    DecisionRule.objects.bulk_create(rows)


def words(actions: Sequence[str]) -> list[str]:
    """The actions as people read them."""
    return [ReplyAction(action).label for action in actions]
