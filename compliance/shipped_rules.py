"""Brings the shipped law into the database without touching what staff edited."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from importlib import resources
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from compliance import rule_versions, rulebook
from compliance.choices import Confidence
from compliance.models import CallingRuleVersion, EmailLawVersion, HolidayRuleVersion, LegalRule
from compliance.models.calling_rule import WEEKDAYS
from compliance.rules.calling_window import HOUSE

SHIPPED = (CallingRuleVersion, HolidayRuleVersion, EmailLawVersion)
INSTALLER = "shipped rules"
# Where a statute's own first day is not known: the day from which this desk answers for it.
FIRST_DAY = date(2026, 1, 1)
HOLIDAY_SOURCE = "vendors’ holiday lists, rules by general knowledge; review each December"


def install_rules() -> tuple[int, int]:
    """Create missing shipped rules and revise the unedited ones; returns (created, revised).

    A correction to a shipped rule becomes a new version from today, as an edit by staff would.
    """
    calling = _install(CallingRuleVersion, list(shipped_calling_rules()))
    holidays = _install(HolidayRuleVersion, list(shipped_holidays()))
    mail = _install(EmailLawVersion, list(shipped_email_laws()))
    rulebook.forget()
    created, revised = zip(calling, holidays, mail, strict=True)
    return sum(created), sum(revised)


def install_after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """A `post_migrate` receiver; migrating back to nothing sends the signal without the tables."""
    tables = set(connections[using].introspection.table_names())
    if {model._meta.db_table for model in SHIPPED} <= tables:
        install_rules()


def shipped_calling_rules() -> Iterator[CallingRuleVersion]:
    """The house rule and the rows of `calling_rules.csv` as unsaved first versions."""
    yield CallingRuleVersion(
        line="house#1",
        jurisdiction=HOUSE.jurisdiction,
        weekdays=" ".join(WEEKDAYS[day] for day in sorted(HOUSE.weekdays)),
        opens=HOUSE.opens,
        closes=HOUSE.closes,
        holidays_barred=HOUSE.holidays_barred,
        citation=HOUSE.citation,
        confidence=Confidence.OWN,
        texts_covered="yes",
        effective_from=FIRST_DAY,
        note="Ours, stricter than nearly every state; no law is relaxed by it.",
    )
    seen: Counter[str] = Counter()
    for row in _rows("calling_rules.csv"):
        seen[row["jurisdiction"]] += 1
        yield CallingRuleVersion(
            line=f"{row['jurisdiction']}#{seen[row['jurisdiction']]}",
            jurisdiction=row["jurisdiction"],
            weekdays=row["weekdays"],
            opens=time.fromisoformat(row["opens"]),
            closes=time.fromisoformat(row["closes"]),
            holidays_barred=row["holidays_barred"] == "yes",
            max_per_24h=int(row["max_per_24h"]) if row["max_per_24h"] else None,
            citation=row["citation"],
            source=row["source"],
            confidence=row["confidence"],
            texts_covered=row["texts_covered"],
            effective_from=date.fromisoformat(row["effective_from"] or FIRST_DAY.isoformat()),
            note=row["note"],
        )


def shipped_holidays() -> Iterator[HolidayRuleVersion]:
    """The rows of `holidays.csv` as unsaved first versions, under the law that bars holidays."""
    barring = {rule.jurisdiction: rule.citation for rule in shipped_calling_rules()}
    barring["US"] = "5 U.S.C. 6103; house rule"
    for row in _rows("holidays.csv"):
        yield HolidayRuleVersion(
            line=f"{row['jurisdiction']}/{row['name']}",
            **row,
            citation=barring[row["jurisdiction"]],
            source=HOLIDAY_SOURCE,
            confidence=Confidence.KNOWLEDGE,
            effective_from=FIRST_DAY,
        )


def shipped_email_laws() -> Iterator[EmailLawVersion]:
    """The rows of `email_law.csv` as unsaved first versions."""
    for row in _rows("email_law.csv"):
        yield EmailLawVersion(
            line=f"{row['jurisdiction']}/mail",
            jurisdiction=row["jurisdiction"],
            basis=row["basis"],
            relationship_months=int(row["relationship_months"] or 0) or None,
            inquiry_months=int(row["inquiry_months"] or 0) or None,
            published_address=row["published_address"] == "yes",
            citation=row["citation"],
            source=row["source"],
            confidence=row["confidence"],
            effective_from=date.fromisoformat(row["effective_from"] or FIRST_DAY.isoformat()),
            note=row["note"],
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("compliance").joinpath(f"data/{name}").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@transaction.atomic
def _install(model: type[LegalRule], shipped: list[Any]) -> tuple[int, int]:
    newest = {row.line: row for row in model._default_manager.filter(superseded=False)}
    now = timezone.now()
    missing = [rule for rule in shipped if rule.line not in newest]
    for rule in missing:
        rule.changed_by, rule.changed_at = INSTALLER, now
    model._default_manager.bulk_create(missing)
    revised = 0
    for rule in shipped:
        stored = newest.get(rule.line)
        if stored is None or stored.changed_by != INSTALLER:
            continue
        revised += _revise(stored, rule)
    return len(missing), revised


def _revise(stored: Any, shipped: Any) -> bool:
    """Whether the shipped facts differ; the day a correction was installed is no difference."""
    changes = {
        name: new
        for name, _old, new in shipped.changes_from(stored)
        if name not in ("effective_from", "effective_to")
    }
    if not changes:
        return False
    begins = max(shipped.effective_from, timezone.localdate())
    rule_versions.revise_rule(
        stored,
        {**changes, "effective_from": begins, "effective_to": shipped.effective_to},
        actor=INSTALLER,
        why="An upgrade corrected the shipped fact.",
    )
    return True
