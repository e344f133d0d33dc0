"""A segment is changed by versions; two who save at once never lose each other's words."""

from typing import Any
from uuid import uuid4

import pytest

from compliance.models import AuditEntry
from crm.errors import CrmError, EditConflictError, NotPossibleError
from crm.models import Segment, SegmentVersion
from crm.segments import versions
from crm.segments.definition import DefinitionError
from tests.crm.segments.conftest import row

pytestmark = pytest.mark.django_db
CTO = {"match": "all", "conditions": [row("contact.role", "word", ["CTO"])]}
CIO = {"match": "all", "conditions": [row("contact.role", "word", ["CIO"])]}


@pytest.fixture
def segment() -> Segment:
    return versions.create_segment("CTOs", CTO, actor="sam", description="Who decides")


def numbers(segment: Segment) -> list[int]:
    return sorted(SegmentVersion.objects.filter(segment=segment).values_list("number", flat=True))


def test_each_save_is_a_version_that_stays_as_it_was(segment: Segment) -> None:
    second = versions.write_version(segment, CIO, actor="ella", note="Other title", based_on=1)
    assert second.number == 2
    first = SegmentVersion.objects.get(segment=segment, number=1)
    assert first.definition == CTO
    first.note = "changed"
    with pytest.raises(ValueError, match="never changes"):
        first.save()
    done = AuditEntry.objects.filter(action="segment.version_written").values_list("actor")
    assert sorted(done) == [("ella",), ("sam",)]


def test_what_asks_the_same_is_no_new_version(segment: Segment) -> None:
    same = {"conditions": [row("contact.role", "word", "CTO")]}
    assert versions.write_version(segment, same, actor="sam").number == 1


def test_who_saves_second_is_told_and_loses_nothing(segment: Segment) -> None:
    versions.write_version(segment, CIO, actor="ella", based_on=1)
    with pytest.raises(EditConflictError, match="ella wrote version 2 while") as conflict:
        versions.write_version(segment, CTO, actor="sam", based_on=1)
    assert conflict.value.theirs == CIO
    assert versions.write_version(segment, CTO, actor="sam", based_on=2).number == 3


def test_a_bad_definition_writes_nothing(segment: Segment) -> None:
    with pytest.raises(DefinitionError):
        versions.write_version(segment, {"conditions": [row("gone", "is", "x")]}, actor="sam")
    with pytest.raises(DefinitionError):
        versions.create_segment("Bad", {"conditions": [7]}, actor="sam")
    assert numbers(segment) == [1]
    assert Segment.objects.count() == 1


def test_a_name_stands_once_until_it_is_archived(segment: Segment) -> None:
    with pytest.raises(NotPossibleError, match="already"):
        versions.create_segment(" ctos ", CTO, actor="sam")
    with pytest.raises(NotPossibleError, match="Give the segment a name"):
        versions.create_segment("  ", CTO, actor="sam")
    versions.archive(segment, actor="sam")
    other = versions.create_segment("ctos", CTO, actor="sam")
    with pytest.raises(NotPossibleError, match="already"):
        versions.archive(segment, actor="sam", back=True)
    assert versions.find_segment("CTOS") == other
    assert versions.find_segment(str(segment.pk)) == segment
    for words in ("Nobody", str(uuid4())):
        with pytest.raises(CrmError, match="There is no segment"):
            versions.find_segment(words)


def test_an_archived_segment_is_not_changed(segment: Segment) -> None:
    assert versions.archive(segment, actor="sam")
    assert not versions.archive(segment, actor="sam")
    with pytest.raises(NotPossibleError, match="archived"):
        versions.write_version(segment, CIO, actor="sam")
    assert versions.archive(segment, actor="sam", back=True)


def test_restoring_writes_the_old_words_anew(segment: Segment) -> None:
    versions.write_version(segment, CIO, actor="ella")
    third = versions.restore(segment, 1, actor="sam")
    assert (third.number, third.definition, third.note) == (3, CTO, "As in version 1.")
    with pytest.raises(NotPossibleError, match="no version 9"):
        versions.restore(segment, 9, actor="sam")


def test_what_names_a_field_that_is_gone_is_not_restored(segment: Segment) -> None:
    versions.write_version(segment, CIO, actor="ella")
    old: Any = SegmentVersion.objects.filter(segment=segment, number=1)
    old.update(definition={"match": "all", "conditions": [row("contact.fax", "filled")]})
    with pytest.raises(DefinitionError, match=r"no field “contact\.fax” any more"):
        versions.restore(segment, 1, actor="sam")


def test_copies_take_free_names(segment: Segment) -> None:
    one = versions.duplicate(segment, actor="sam", owner=None)
    two = versions.duplicate(segment, actor="sam", owner=None)
    assert [one.name, two.name] == ["CTOs (copy)", "CTOs (copy 2)"]
    assert versions.newest(one).definition == CTO


def test_renaming(segment: Segment) -> None:
    other = versions.create_segment("Others", CIO, actor="sam")
    assert versions.rename(segment, name="Chiefs", description="", actor="sam")
    assert not versions.rename(segment, name="Chiefs", description="", actor="sam")
    with pytest.raises(NotPossibleError, match="already"):
        versions.rename(other, name="chiefs", description="", actor="sam")
