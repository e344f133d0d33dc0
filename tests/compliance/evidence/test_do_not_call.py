"""Our own do-not-call list in the evidence about a person."""

import pytest

from compliance.dnc.internal import add_internal, lift_internal
from compliance.evidence import Evidence, Person, gather

pytestmark = pytest.mark.django_db
PAT = Person((("email", "pat@jets.example"), ("phone", "+12015550123")), "Pat Doe")


def wishes(evidence: Evidence) -> list[str]:
    section = next(one for one in evidence.sections if one.key == "opt_out")
    return [record.title for record in section.records]


def test_an_entry_and_its_lifting_are_told_with_their_ledger_lines() -> None:
    row = add_internal("+12015550123", actor="sam", reason="Asked on the phone")
    lift_internal(row, actor="ada", reason="Signed a new consent")
    evidence = gather(PAT)
    assert wishes(evidence) == [
        "+12015550123 put on our own do-not-call list by sam",
        "+12015550123 taken off our own do-not-call list by ada",
    ]
    assert [line.action for line in evidence.lines] == ["dnc.internal_added", "dnc.internal_lifted"]


def test_somebody_else_s_number_is_not_told() -> None:
    add_internal("+12015550124", actor="sam", reason="Asked on the phone")
    assert not wishes(gather(PAT))
