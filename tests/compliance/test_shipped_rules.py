"""The shipped law comes with migrating, is corrected by upgrades, and leaves edits alone."""

import csv
from datetime import date, time
from importlib import resources

import pytest

from compliance.models import AuditEntry, CallingRuleVersion, EmailLawVersion, HolidayRuleVersion
from compliance.rule_versions import revise_rule
from compliance.shipped_rules import (
    install_rules,
    shipped_calling_rules,
    shipped_email_laws,
    shipped_holidays,
)

pytestmark = pytest.mark.usefixtures("live_rules")
STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)


def florida() -> CallingRuleVersion:
    return CallingRuleVersion.objects.get(jurisdiction="US-FL", superseded=False)


def as_shipped_with(**facts: object) -> None:
    """The database as an older release left it."""
    CallingRuleVersion.objects.filter(pk=florida().pk).update(**facts)


def test_every_state_has_its_hours_after_migrating() -> None:
    stored = set(CallingRuleVersion.objects.values_list("jurisdiction", flat=True))
    assert {"US", "house", *(f"US-{state}" for state in STATES.split())} <= stored


def test_every_row_of_the_files_is_there_once() -> None:
    data = resources.files("compliance").joinpath("data")
    for name, model, more in (
        ("calling_rules.csv", CallingRuleVersion, 1),  # the house rule is ours, not the file's
        ("holidays.csv", HolidayRuleVersion, 0),
        ("email_law.csv", EmailLawVersion, 0),
    ):
        rows = list(csv.DictReader(data.joinpath(name).read_text().splitlines()))
        assert model._default_manager.count() == len(rows) + more


def test_every_shipped_rule_can_be_and_says_its_source() -> None:
    for rule in [*shipped_calling_rules(), *shipped_holidays(), *shipped_email_laws()]:
        rule.clean_fields(exclude=["changed_by", "changed_at"])
        rule.clean()
        assert rule.citation
        assert rule.effective_from


def test_installing_again_changes_nothing() -> None:
    assert install_rules() == (0, 0)


def test_a_missing_rule_is_put_back() -> None:
    florida().delete()
    assert install_rules() == (1, 0)


def test_an_upgrade_corrects_what_nobody_edited_as_a_new_version() -> None:
    as_shipped_with(closes=time(21))
    assert install_rules() == (0, 1)
    assert (florida().version, florida().closes) == (2, time(20))
    assert AuditEntry.objects.get(action="rule.revised").actor == "shipped rules"
    assert install_rules() == (0, 0)


def test_an_upgrade_leaves_what_staff_edited() -> None:
    values = {"closes": time(19), "effective_from": date(2026, 12, 1)}
    revise_rule(florida(), values, actor="sam", why="counsel's advice")
    assert install_rules() == (0, 0)
    assert florida().closes == time(19)
