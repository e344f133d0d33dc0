"""Programs build segments, count and page them, and start campaigns whose audience is kept."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from crm.models import Company, Contact, ContactPoint
from outreach.models import Campaign, Enrollment
from outreach.sequences import from_segment
from tests.api.conftest import Program
from tests.factories import make_mailbox

pytestmark = pytest.mark.django_db
CTO = {"match": "all", "conditions": [{"field": "contact.role", "op": "word", "value": ["CTO"]}]}
NOBODY = "00000000-0000-0000-0000-000000000000"


def get(program: Program, path: str, status: int = 200, **query: Any) -> Any:
    answer = program.get(path, **query)
    assert answer.status_code == status, answer.content
    return answer.json()  # type: ignore[attr-defined]


def post(program: Program, path: str, status: int = 200, **body: Any) -> Any:
    answer = program.post(path, body)
    assert answer.status_code == status, answer.content
    return answer.json()  # type: ignore[attr-defined]


@pytest.fixture
def people() -> None:
    make_mailbox()
    firm = Company.objects.create(name="Platezhi", country="RU")
    for n in range(5):
        one = Contact.objects.create(name=f"P{n}", role="CTO", company=firm, country="US")
        ContactPoint.objects.create(contact=one, kind="email", value=f"p{n}@a{n}.example")
    Contact.objects.create(name="Dan", role="Director")


@pytest.fixture
def made(program: Program, people: None) -> dict[str, Any]:
    return post(program, "/api/segments", 201, name="CTOs", definition=CTO)


def test_what_may_be_asked_is_told(program: Program) -> None:
    fields = {one["field"]: one for one in get(program, "/api/segments/fields")["items"]}
    assert fields["outreach.contacted"]["kind"] == "date"
    assert "word" in fields["contact.role"]["operators"]


def test_a_segment_is_made_read_and_counted(program: Program, made: dict[str, Any]) -> None:
    assert made["words"] == "Position has the word “CTO”"
    assert get(program, f"/api/segments/{made['id']}")["versions"][0]["definition"] == CTO
    assert [one["name"] for one in get(program, "/api/segments")["items"]] == ["CTOs"]
    assert get(program, "/api/segments", archived=True)["items"] == []
    assert get(program, f"/api/segments/{made['id']}/count")["count"] == 5
    tried = post(program, "/api/segments/count", definition={"conditions": []})
    assert tried["count"] == 6
    assert "everyone" in tried["notices"][0]


def test_people_come_in_pages_each_once(program: Program, made: dict[str, Any]) -> None:
    seen, cursor = [], ""
    for _ in range(4):
        found = get(program, f"/api/segments/{made['id']}/people", limit=2, cursor=cursor)
        seen += [one["name"] for one in found["items"]]
        cursor = found["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == ["P0", "P1", "P2", "P3", "P4"]
    assert found["items"][0]["known"] == {"contact.role": "CTO"}
    get(program, f"/api/segments/{made['id']}/people", 422, cursor="x")


def test_a_version_needs_the_one_it_was_written_from(
    program: Program, made: dict[str, Any]
) -> None:
    path = f"/api/segments/{made['id']}/versions"
    other = {"conditions": [{"field": "contact.role", "op": "is", "value": "Director"}]}
    assert post(program, path, 201, definition=other, based_on=1)["number"] == 2
    refused = post(program, path, 409, definition=CTO, based_on=1)
    assert refused["version"] == 2
    assert refused["theirs"]["conditions"][0]["value"] == "Director"


@pytest.mark.parametrize(
    ("definition", "place", "said"),
    [
        ({"conditions": [{"field": "x", "op": "is"}]}, [0], "no field “x”"),
        ({"conditions": [CTO, {"field": "contact.role", "op": "??"}]}, [1], "cannot be asked"),
        ({"conditions": [7]}, [0], "is no object"),
    ],
)
def test_a_fault_names_its_place(
    program: Program, people: None, definition: Any, place: list[int], said: str
) -> None:
    for path, body in (("/api/segments", {"name": "X"}), ("/api/segments/count", {})):
        told = post(program, path, 422, definition=definition, **body)
        text = str(told)
        assert said in text
        assert f"definition.{place[0]}" in text or f"'definition', {place[0]}" in text


def test_a_name_that_is_taken_is_a_conflict(program: Program, made: dict[str, Any]) -> None:
    assert "already" in post(program, "/api/segments", 409, name="ctos", definition=CTO)["detail"]


def test_a_campaign_keeps_whom_it_was_made_for(program: Program, made: dict[str, Any]) -> None:
    path = f"/api/segments/{made['id']}/campaign"
    terms = {"sequence": "three_step", "offer": "We look after planes."}
    started = post(program, path, 201, **terms)
    assert (started["size"], started["waiting"], started["taken_in"]) == (5, 5, 0)
    assert Campaign.objects.get().name == "CTOs"
    assert from_segment.take_in_waiting() == 5
    told = get(program, f"/api/campaigns/{started['campaign']}/audience")
    assert (told["taken_in"], told["waiting"], told["left_out"]) == (5, 0, {})
    assert Enrollment.objects.count() == 5
    first = get(program, f"/api/campaigns/{started['campaign']}/audience/people", limit=3)
    rest = get(program, f"/api/campaigns/{started['campaign']}/audience/people",
               cursor=first["next_cursor"])  # fmt: skip
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 5
    assert first["items"][0]["values"] == {"contact.role": "CTO"}
    assert first["items"][0]["outcome"] == "in"


def test_sent_twice_with_a_key_it_starts_once(program: Program, made: dict[str, Any]) -> None:
    body = {"sequence": "three_step", "offer": "We look after planes."}
    path = f"/api/segments/{made['id']}/campaign"
    answers = [program.post(path, body, Idempotency_Key="one") for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert Campaign.objects.count() == 1


def test_everyone_and_nobody_start_nothing(program: Program, people: None) -> None:
    terms = {"sequence": "three_step", "offer": "We look after planes."}
    for name, value, status in (("All", [], 409), ("None", ["Astronaut"], 422)):
        rows = [{"field": "contact.role", "op": "word", "value": value}] if value else []
        one = post(program, "/api/segments", 201, name=name, definition={"conditions": rows})
        post(program, f"/api/segments/{one['id']}/campaign", status, **terms)
    assert not Campaign.objects.exists()
    get(program, f"/api/campaigns/{NOBODY}/audience", 404)


def test_a_reader_writes_nothing(made: dict[str, Any], ann: User, key_for: Any) -> None:
    reader = Program(key_for(ann))
    assert reader.get(f"/api/segments/{made['id']}").status_code == 200
    assert reader.post("/api/segments", {"name": "X", "definition": CTO}).status_code == 403
    path = f"/api/segments/{made['id']}/campaign"
    assert reader.post(path, {"sequence": "three_step"}).status_code == 403
