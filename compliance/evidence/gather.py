"""Gathers the evidence: the person's rows, the ledger's word on them, every room's records."""

from django.utils import timezone

from compliance.evidence import ledger, registry
from compliance.evidence.document import Evidence, Person, fill
from compliance.evidence.questions import empty_sections


def gather(person: Person) -> Evidence:
    """Everything held about a person, now. Reads only.

    The ledger is asked for the rows that the rooms name.
    """
    lines = ledger.lines_of(registry.rows_of(person) | ledger.own_rows(person))
    sections = fill(empty_sections(), registry.records_of(person, lines))
    return Evidence(person, timezone.now(), sections, tuple(lines))
