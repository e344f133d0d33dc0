"""How a template asks a section about one of its records."""

from datetime import datetime

from django import template

from compliance.evidence.document import Question, Record, Section
from compliance.evidence.moments import moment

register = template.Library()


@register.filter
def answered(section: Section, record: Record) -> list[tuple[Question, str]]:
    """The record's answers, each with its question."""
    return section.answered(record)


@register.filter
def left_open(section: Section, record: Record) -> list[Question]:
    """What others here answer and this record does not."""
    return section.left_open(record)


@register.filter
def utc_moment(at: datetime) -> str:
    """A moment as evidence writes it."""
    return moment(at)
