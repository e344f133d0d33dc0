"""The pages of segments: built in a form, counted while typing, kept, exported, put away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.models import AuditEntry
from compliance.suppression import suppress
from crm.models import Contact, Segment, SegmentVersion
from crm.segments import preview, versions
from crm.segments.compile import people
from crm.segments.definition import parse
from tests.crm.segments.conftest import NOW, row, town

__all__ = ["town"]  # the fixture
pytestmark = pytest.mark.django_db
CTO = {"match": "all", "conditions": [row("contact.role", "word", ["CTO"])]}


@pytest.fixture
def desk(ella: User, town: dict[str, Contact], client_of: Callable[[User], Client]) -> Client:
    return client_of(ella)


@pytest.fixture
def segment(ella: User) -> Segment:
    return versions.create_segment("CTOs", CTO, actor="ella", owner=ella)


def rows(*conditions: tuple[str, str, list[str]], match: str = "all") -> dict[str, Any]:
    """The form's fields for conditions in one group."""
    posted: dict[str, Any] = {"node": ["g"], "g.match": match}
    for n, (field, op, values) in enumerate(conditions):
        posted["node"].append(f"g-{n}")
        posted |= {f"g-{n}.field": field, f"g-{n}.op": op, f"g-{n}.value": values}
    return posted


def url(name: str, *args: Any) -> str:
    return reverse(f"admin:crm_segment{name}", args=args)


def test_the_form_saves_what_was_asked(desk: Client) -> None:
    posted = rows(
        ("contact.role", "word", ["CTO", "", "Head of IT"]), ("company.sme", "is", ["yes"]),
        ("company.country", "is", ["Russia"]), ("", "", []),
    )  # fmt: skip
    answer = desk.post(url("_new"), {**posted, "name": "RU CTOs"})
    made = Segment.objects.get()
    assert answer.url == url("", made.pk)
    assert versions.newest(made).definition["conditions"] == [
        row("contact.role", "word", ["CTO", "Head of IT"]), row("company.sme", "is", True),
        row("company.country", "is", "RU")]  # fmt: skip


def test_what_is_wrong_stands_at_its_row_and_nothing_is_lost(desk: Client) -> None:
    posted = rows(("", "", []), ("company.employees", "at_least", ["many"]))
    answer = desk.post(url("_new"), {**posted, "name": "Odd"})
    page = answer.content.decode()
    assert "Nothing was saved yet" in page
    assert "write a number such as 50, not “many”" in page
    assert 'value="many"' in page
    assert [node.problems != [] for node in answer.context["root"].children] == [False, True]
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        ("add:g", ["contact.role", ""]), ("group:g", ["contact.role", None]), ("remove:g-0", []),
        ("settle", ["contact.role"]), ("remove:g-9", ["contact.role"]),
        ("remove:g", ["contact.role"]), ("add:g-0-x", ["contact.role"]), ("?", ["contact.role"]),
    ],
)  # fmt: skip
def test_buttons_change_the_rows(desk: Client, op: str, fields: list[str | None]) -> None:
    posted = {**rows(("contact.role", "is", ["CTO"])), "op": op}
    root = desk.post(url("_new"), posted).context["root"]
    assert [None if one.is_group else one.field_name for one in root.children] == fields


def test_another_field_asks_its_own_questions(desk: Client) -> None:
    posted = {**rows(("company.employees", "word", ["CTO"])), "op": "settle"}
    node = desk.post(url("_new"), posted).context["root"].children[0]
    assert (node.op, node.values) == ("is", [""])


def test_typing_is_counted_and_told_in_words(desk: Client) -> None:
    page = desk.post(url("_live"), rows(("contact.role", "contains", ["CTO"]))).content.decode()
    assert "<b>3</b> people" in page
    assert "Position contains “CTO”." in page
    assert "is found inside longer words" in page
    assert "Director of Sales" in page
    page = desk.post(url("_live"), rows(("contact.role", "is", []))).content.decode()
    assert "fill in what to look for" in page
    assert not Segment.objects.exists()


def test_typing_counts_no_further_than_anybody_needs(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "MOST_GLANCED", 2)
    page = desk.post(url("_live"), rows(("contact.role", "contains", ["CTO"]))).content.decode()
    assert "More than <b>2</b> people" in page
    assert "the segment’s page counts exactly" in page
    assert "Director of Sales" in page


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no time limit")
def test_typing_never_waits_for_a_slow_question(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = people().extra(where=["pg_sleep(0.4) IS NOT NULL"])
    monkeypatch.setattr(preview, "find", lambda group, now: slow)
    seen = preview.glance(parse(CTO), now=NOW, milliseconds=50)
    assert (seen.count, seen.page, seen.notices) == (None, None, [])
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.parametrize(
    ("field", "typed", "offered"),
    [
        ("company.industry", "fin", ["Fintech"]), ("company.country", "russ", ["Russia"]),
        ("contact.tags", "v", ["vip"]), ("contact.role", "d", ["Deputy CTO", "Director of Sales"]),
        ("nothing", "x", []), ("contact.role", "%", []),
    ],
)  # fmt: skip
def test_values_are_offered(desk: Client, field: str, typed: str, offered: list[str]) -> None:
    answer = desk.get(
        url("_suggest", field), {"g-0.value": typed}, headers={"accept": "application/json"}
    )
    assert answer.json()["values"] == offered


def test_two_editors_lose_nothing(desk: Client, segment: Segment) -> None:
    theirs = {"conditions": [row("contact.role", "word", ["CEO"])]}
    versions.write_version(segment, theirs, actor="sam")
    posted = {**rows(("contact.role", "word", ["CIO"])), "name": "CTOs", "base": "1"}
    page = desk.post(url("_edit", segment.pk), posted)
    text = page.content.decode()
    assert "sam wrote version 2 while you were editing version 1" in text
    assert "New: position has the word “CEO”." in text
    assert 'value="CIO"' in text
    assert page.context["base"] == 2
    desk.post(url("_edit", segment.pk), {**posted, "base": "2"})
    assert versions.newest(segment).number == 3


def test_the_page_tells_versions_and_what_changed(desk: Client, segment: Segment) -> None:
    versions.write_version(
        segment, {"conditions": [row("contact.role", "word", ["CEO"])]}, actor="sam"
    )
    page = desk.get(url("", segment.pk)).content.decode()
    assert "No longer: position has the word “CTO”." in page
    desk.post(url("_restore", segment.pk), {"number": "1"})
    assert versions.newest(segment).definition == CTO


def test_people_and_who_would_stay_out(desk: Client, segment: Segment) -> None:
    suppress("domain", "example.org", reason="opt_out", source="t", received_at=NOW, actor="sam")
    Contact.objects.filter(name="Beth").update(erased_at=NOW)
    page = desk.get(url("_people", segment.pk)).content.decode()
    assert "<b>1</b> person now" in page
    assert "Olga" in page
    kept = desk.get(url("_left_out", segment.pk)).context["kept"]
    assert {one.label: one.count for one in kept} == {
        "Opted out": 1, "No phone number": 1, "Erased: never found again": 1,
        "Their country asks for consent to the first e-mail, and none is recorded": 1,
    }  # fmt: skip


def test_a_field_that_is_gone_is_told_and_can_be_mended(desk: Client, segment: Segment) -> None:
    broken: Any = SegmentVersion.objects.filter(segment=segment)
    broken.update(definition={"match": "all", "conditions": [row("contact.fax", "filled")]})
    for name in ("", "_people", "_left_out"):
        assert desk.get(url(name, segment.pk)).status_code == 200
    assert "cannot be asked any more" in desk.get(url("_people", segment.pk)).content.decode()
    assert "contact.fax (gone)" in desk.get(url("_edit", segment.pk)).content.decode()
    assert "there is no field" in desk.get(url("s")).content.decode()


def test_no_cell_of_the_export_is_a_formula(
    sam: User, segment: Segment, town: dict[str, Contact], client_of: Callable[[User], Client]
) -> None:
    Contact.objects.filter(name="Olga").update(name="=HYPERLINK(1)", role="@CTO")
    answer = client_of(sam).post(url("_export", segment.pk))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'@CTO" in text
    entry = AuditEntry.objects.get(action="segment.exported")
    assert (entry.actor, entry.data["people"]) == ("sam", 2)


def test_duplicate_and_archive(desk: Client, segment: Segment) -> None:
    desk.post(url("_duplicate", segment.pk))
    assert Segment.objects.filter(name="CTOs (copy)").exists()
    desk.post(url("_archive", segment.pk))
    assert "CTOs</h2>" not in desk.get(url("s")).content.decode()
    assert "CTOs</h2>" in desk.get(url("s") + "?show=archived").content.decode()
    desk.post(url("_archive", segment.pk), {"back": "1"})
    assert Segment.objects.get(pk=segment.pk).archived_at is None


def test_who_may_not_is_refused(
    ann: User, segment: Segment, client_of: Callable[[User], Client]
) -> None:
    analyst = client_of(ann)
    assert analyst.get(url("", segment.pk)).status_code == 200
    assert analyst.get(url("_new")).status_code == 403
    for name in ("_export", "_restore", "_duplicate", "_archive"):
        assert analyst.post(url(name, segment.pk)).status_code == 403, name
        assert analyst.get(url(name, segment.pk)).status_code in (403, 405), name
    assert analyst.get(url("_edit", segment.pk)).status_code == 403


def test_the_list_asks_as_often_for_many(desk: Client, segment: Segment) -> None:
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            desk.get(url("s"))
        counts.append(len(queries))
        versions.create_segment(f"More {number}", CTO, actor="ella")
    assert counts[1] == counts[2]
