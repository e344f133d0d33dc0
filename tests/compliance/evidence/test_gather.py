"""What compliance itself knows of an address: the suppression list and the ledger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import audit, guards, suppression
from compliance.evidence import Evidence, Person, Section, gather
from compliance.models import AuditEntry, Suppression

pytestmark = pytest.mark.django_db

PAT = Person((("email", "pat@jets.example"), ("phone", "+12015550123")), "Pat Doe")


def part(evidence: Evidence, key: str) -> Section:
    return next(section for section in evidence.sections if section.key == key)


def opt_out(kind: str = "email", address: str = "pat@jets.example") -> Suppression:
    return suppression.suppress(
        kind, address, reason="opt_out", source="reply by e-mail", words="Stop, please.",
        received_at=timezone.now() - timedelta(seconds=2),
    )  # fmt: skip


def test_nobody_has_evidence_of_nothing() -> None:
    evidence = gather(PAT)
    assert not evidence.lines
    assert not any(section.records for section in evidence.sections)


def test_a_suppression_answers_when_how_and_in_which_words() -> None:
    opt_out()
    (record,) = part(gather(PAT), "opt_out").records
    assert record.answers["raw_text"] == "Stop, please."
    assert record.answers["channel"] == "reply by e-mail"
    assert 2000 <= int(record.answers["latency_ms"].split()[0]) < 60_000


def test_any_address_of_the_person_counts() -> None:
    opt_out("phone", "+12015550123")
    assert part(gather(PAT), "opt_out").records


def test_a_suppressed_domain_covers_its_people() -> None:
    opt_out("domain", "jets.example")
    assert part(gather(PAT), "opt_out").records


def test_somebody_else_s_wish_is_not_shown() -> None:
    opt_out("email", "kim@jets.example")
    assert not part(gather(PAT), "opt_out").records


def test_a_lifted_suppression_stays_on_record() -> None:
    row = opt_out()
    Suppression.objects.filter(pk=row.pk).update(lifted_at=timezone.now(), lifted_by="ada")
    titles = [record.title for record in part(gather(PAT), "opt_out").records]
    assert len(titles) == 2
    assert titles[1].endswith("suppression lifted by ada")


def test_the_ledger_s_entries_about_the_rows_are_there_in_order() -> None:
    row = opt_out()
    audit.append("suppression.repeated", row, actor="ella", reason="looked at it")
    assert [line.action for line in gather(PAT).lines] == [
        "suppression.added",
        "suppression.repeated",
    ]


def test_each_line_tells_its_place_in_the_chain() -> None:
    audit.append("tested", Suppression(pk=999_999), actor="suite")
    opt_out()
    assert gather(PAT).lines[0].position is None
    while audit.seal():
        pass
    line = gather(PAT).lines[0]
    assert line.position
    assert line.position > 1
    assert not line.problem


@pytest.mark.parametrize("sealed", [True, False])
def test_a_line_that_was_tampered_with_says_so(sealed: bool) -> None:
    opt_out()
    if sealed:
        audit.seal()
    with guards.stood_down():
        AuditEntry.objects.filter(action="suppression.added").update(actor="nobody")
    evidence = gather(PAT)
    assert [line.problem for line in evidence.broken] == [
        f"entry {evidence.lines[0].pk} was changed after it was written"
    ]
    told = part(evidence, "program").records[0].answers["hash_chain"]
    assert "1 of them do not fit" in told


def test_looking_costs_the_same_however_much_there_is() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            gather(PAT)
        return len(queries)

    row = opt_out()
    before = cost()
    audit.append_many([audit.Act("tested", row) for _ in range(200)], actor="suite")
    assert cost() == before
