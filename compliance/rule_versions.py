"""The only door that changes the law applied: every edit is a new version, the old one stays."""

from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from compliance import audit, rulebook
from compliance.models import BlackoutDay, LegalRule

Rule = TypeVar("Rule", bound=LegalRule)


class RuleConflict(Exception):
    """Somebody else made a newer version in the meantime; nothing was saved."""


class BlackoutPassed(Exception):
    """A day that has begun was acted on; its row is proof and stays."""


@transaction.atomic
def add_rule(rule: Rule, *, actor: str) -> Rule:
    """Save the first version of a new rule; raises ValidationError for one that cannot be."""
    rule.line = rule.line or uuid4().hex
    _stamp(rule, actor)
    rule.full_clean()
    rule.save(force_insert=True)
    audit.append("rule.added", rule, actor=actor, reason=rule.why, data=describe(rule))
    _tell_everyone()
    return rule


@transaction.atomic
def revise_rule(before: Rule, values: dict[str, Any], *, actor: str, why: str) -> Rule:
    """Put a new version in force from `values["effective_from"]`; the old ends on that day.

    Versions that would still be in force after that day end on it too; one that would only have
    begun then never applies, and stays as the record of what was meant. Raises RuleConflict when
    `before` is no longer the newest, ValidationError for values that cannot be.
    """
    model = type(before)
    now = timezone.now()
    newest = model._default_manager.filter(pk=before.pk, superseded=False)
    if newest.update(superseded=True, changed_at=now) != 1:
        raise RuleConflict(
            f"“{before}” was changed by somebody else in the meantime. Open it again and look at "
            "what they wrote; nothing of yours was saved."
        )
    after = model._default_manager.get(pk=before.pk)
    for name, value in values.items():
        setattr(after, name, value)
    after.pk, after._state.adding = None, True
    after.version, after.superseded, after.why = before.version + 1, False, why
    _stamp(after, actor)
    after.full_clean()
    older = model._default_manager.filter(line=after.line)
    older.filter(Q(effective_to=None) | Q(effective_to__gt=after.effective_from)).update(
        effective_to=Greatest(F("effective_from"), after.effective_from), changed_at=now
    )
    after.save(force_insert=True)
    changes = {name: [str(old), str(new)] for name, old, new in after.changes_from(before)}
    data = {**describe(after), "version": after.version, "changes": changes}
    audit.append("rule.revised", after, actor=actor, reason=why, data=data)
    _tell_everyone()
    return after


@transaction.atomic
def add_blackout(day: BlackoutDay, *, actor: str) -> BlackoutDay:
    """Bar a day; raises ValidationError where it is barred already."""
    _stamp(day, actor)
    day.full_clean()
    day.save(force_insert=True)
    audit.append("blackout.added", day, actor=actor, reason=day.reason, data={"day": str(day.day)})
    _tell_everyone()
    return day


@transaction.atomic
def lift_blackout(day: BlackoutDay, *, actor: str) -> None:
    """Remove a day that has not come yet."""
    if not may_lift(day):
        raise BlackoutPassed(f"{day} has begun: it stays as proof of why nobody was called.")
    audit.append("blackout.lifted", day, actor=actor, reason=day.reason, data={"day": str(day.day)})
    day.delete()
    _tell_everyone()


def may_lift(day: BlackoutDay) -> bool:
    """Whether the day still lies ahead."""
    return day.day > timezone.localdate()


def describe(rule: LegalRule) -> dict[str, str]:
    """What the ledger keeps of a rule: everything of substance, as text."""
    return {name: str(getattr(rule, name)) for name in rule.COMPARED} | {"line": rule.line}


def _stamp(row: LegalRule | BlackoutDay, actor: str) -> None:
    row.changed_by, row.changed_at = actor[:150], timezone.now()


def _tell_everyone() -> None:
    """This process forgets now, and again once others can see the rows; they look themselves."""
    rulebook.forget()
    transaction.on_commit(rulebook.forget)
