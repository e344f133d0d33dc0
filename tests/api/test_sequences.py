"""Programs read sequences, write versions, take people in and see every touch."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from crm.models import Contact
from outreach.models import Campaign, Enrollment, Message, Sequence
from tests.api.conftest import Program
from tests.factories import make_mailbox
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"


def get(program: Program, path: str, **query: Any) -> Any:
    answer = program.get(path, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[attr-defined]


def post(program: Program, path: str, status: int = 200, **body: Any) -> Any:
    answer = program.post(path, body)
    assert answer.status_code == status, answer.content
    return answer.json()  # type: ignore[attr-defined]


def test_the_list_tells_length_and_followers(program: Program) -> None:
    found = get(program, "/api/sequences", limit=50)["items"]

    assert len(found) == Sequence.objects.count()
    owners = next(one for one in found if one["slug"] == "home_owner")
    assert (owners["touches"], owners["days"], owners["under_way"]) == (5, 21, 0)
    voiced = get(program, "/api/sequences", voice="home_owner")["items"]
    assert [one["slug"] for one in voiced] == ["home_owner"]


def test_the_list_comes_in_pages(program: Program) -> None:
    first = get(program, "/api/sequences", limit=4)
    second = get(program, "/api/sequences", limit=50, cursor=first["next_cursor"])

    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(set(ids)) == len(ids) == Sequence.objects.count()


def test_a_sequence_is_told_step_by_step(program: Program) -> None:
    version = make_version()

    found = get(program, f"/api/sequences/{version.sequence_id}")

    assert [(step["day"], step["at"]) for step in found["steps"]] == [(0, "09:00"), (3, "09:00")]
    assert found["steps"][0]["variants"][0]["share"] == 100
    assert found["definition"] == version.definition


def test_a_definition_that_was_read_can_be_written_back_changed(program: Program) -> None:
    version = make_version()
    path = f"/api/sequences/{version.sequence_id}"
    definition = get(program, path)["definition"]
    definition["steps"][1]["after_days"] = 6

    made = post(program, f"{path}/versions", 201, definition=definition, note="Slower", based_on=1)

    assert (made["number"], made["created_by"]) == (2, "boss")
    assert [step["day"] for step in get(program, path)["steps"]] == [0, 6]
    stale = program.post(f"{path}/versions", {"definition": definition, "based_on": 1})
    assert stale.status_code == 409


def test_every_fault_of_a_definition_comes_back_in_words(program: Program) -> None:
    answer = program.post(
        "/api/sequences", {"name": "Odd", "definition": {"steps": [{"channel": "pigeon"}]}}
    )

    assert answer.status_code == 422
    assert "“pigeon” is no channel" in answer.json()["detail"]  # type: ignore[attr-defined]
    assert not Sequence.objects.filter(name="Odd").exists()


def test_a_sequence_and_its_campaign_are_made(program: Program) -> None:
    make_mailbox()
    made = post(program, "/api/sequences", 201, name="My own", definition={"steps": TWO_MAILS})

    drip = post(
        program, f"/api/sequences/{made['id']}/campaign", 201, name="Spring", contact_budget=7
    )

    row = Campaign.objects.get(pk=drip["id"])
    assert (drip["sequence"], drip["version"]) == ("my_own", 1)
    assert (row.contact_budget, row.approval_policy) == (7, "every_message")


def test_people_come_in_and_the_others_have_reasons(program: Program) -> None:
    drip = make_drip()
    [known] = make_people(1)
    [unreachable] = make_people(1, points=())
    body = {
        "campaign_id": str(drip.pk),
        "contact_ids": [str(known.pk), str(unreachable.pk), NOBODY],
        "facts": {str(known.pk): {"topic": "sailing"}},
    }

    said = post(program, "/api/enrollments", **body, dry_run=True)
    assert Enrollment.objects.count() == 0
    done = post(program, "/api/enrollments", **body)

    assert said == done
    assert (done["taken_in"], done["counts"]) == (1, {"no_address": 1, "unknown": 1})
    assert Enrollment.objects.get().facts["topic"] == "sailing"


def test_a_fact_no_text_can_use_is_refused(program: Program) -> None:
    [pat] = make_people(1)
    body = {
        "campaign_id": str(make_drip().pk), "contact_ids": [str(pat.pk)],
        "facts": {str(pat.pk): {"shoe_size": "43"}},
    }  # fmt: skip

    assert program.post("/api/enrollments", body).status_code == 422


def enrolled(program: Program, count: int = 1, **drip: Any) -> list[Any]:
    made = make_drip(**drip)
    ids = [str(person.pk) for person in make_people(count)]
    post(program, "/api/enrollments", campaign_id=str(made.pk), contact_ids=ids)
    return get(program, "/api/enrollments", campaign_id=made.pk)["items"]  # type: ignore[no-any-return]


def test_an_enrollment_tells_every_touch_in_the_person_s_time(program: Program) -> None:
    [row] = enrolled(program)

    found = get(program, f"/api/enrollments/{row['id']}")

    assert [touch["step"] for touch in found["touches"]] == [1, 2]
    assert found["touches"][0]["local"][11:16] == "09:00"
    assert found["touches"][0]["local"][19:] in ("-05:00", "-04:00")
    assert found["next_touch_at"] == found["touches"][0]["local"]


def test_pausing_resuming_moving_and_removing(program: Program) -> None:
    [row] = enrolled(program)
    path = f"/api/enrollments/{row['id']}"
    enrollment = Enrollment.objects.select_related("version").get(pk=row["id"])
    assert enrollment.version is not None
    sequence = enrollment.version.sequence_id
    steps = [TWO_MAILS[0]]

    assert post(program, f"{path}/pause")["paused"]
    assert get(program, "/api/enrollments", paused=True)["items"][0]["id"] == row["id"]
    assert not post(program, f"{path}/resume")["paused"]
    newest = post(
        program, f"/api/sequences/{sequence}/versions", 201, definition={"steps": steps},
        based_on=1,
    )  # fmt: skip
    assert post(program, f"{path}/move", version_id=newest["id"])["steps"] == 1
    gone = post(program, f"{path}/remove", reason="Sold the house.")
    assert (gone["state"], gone["stop_reason"]) == ("stopped", "Sold the house.")


def test_a_version_of_another_sequence_is_refused(program: Program) -> None:
    [row] = enrolled(program)
    answer = program.post(
        f"/api/enrollments/{row['id']}/move", {"version_id": str(make_version().pk)}
    )

    assert answer.status_code == 409


def test_the_list_takes_the_same_queries_however_many(
    program: Program, django_assert_max_num_queries: Any
) -> None:
    enrolled(program, 25)

    # the key (3), the list, then what the outlook of all together asks
    with django_assert_max_num_queries(18):
        assert len(get(program, "/api/enrollments", limit=100)["items"]) == 25


class TestProspects:
    """The names the requirements gave."""

    def ask(self, program: Program, contact: Contact, status: int = 200, **body: Any) -> Any:
        body |= {"prospect_id": str(contact.pk)}
        return post(program, "/api/outreach/sequence/generate", status, **body)

    @pytest.mark.parametrize(
        ("kind", "touches"),
        [("3-step", 3), ("5-step", 5), ("7-step", 7), ("soft_nudge", 3), ("direct_cta", 3)],
    )
    def test_each_kind_is_written_out_and_nothing_is_stored(
        self, program: Program, kind: str, touches: int
    ) -> None:
        make_mailbox()
        [pat] = make_people(1)

        found = self.ask(
            program, pat, sequence_type=kind, offer="We look after planes.", user_id="user123"
        )

        assert len(found["touches"]) == touches
        assert found["missing"] == []
        assert all(touch["wordings"][0]["body"] for touch in found["touches"])
        assert Enrollment.objects.count() == Message.objects.count() == 0

    def test_a_segment_brings_its_own_sequence(self, program: Program) -> None:
        make_mailbox()
        [pat] = make_people(1, points=("email", "social"))

        found = self.ask(program, pat, segment="thought_leadership")

        assert found["sequence"] == "thought_leadership"
        assert found["touches"][0]["channel"] == "social"

    def test_what_the_texts_need_and_nobody_said_is_named(self, program: Program) -> None:
        make_mailbox()
        [pat] = make_people(1)

        assert self.ask(program, pat, sequence_type="3-step")["missing"] == ["offer"]

    @pytest.mark.parametrize("body", [{}, {"sequence_type": "9-step"}])
    def test_a_kind_there_is_not_is_refused_in_words(
        self, program: Program, body: dict[str, str]
    ) -> None:
        make_mailbox()
        [pat] = make_people(1)

        assert "equence" in self.ask(program, pat, 422, **body)["detail"]

    def test_a_prospect_s_sequences_are_told_with_their_touches(self, program: Program) -> None:
        [row] = enrolled(program)

        found = get(program, f"/api/outreach/sequence/{row['contact_id']}")

        assert [len(one["touches"]) for one in found["sequences"]] == [2]
        assert program.get(f"/api/outreach/sequence/{NOBODY}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/sequences"),
        ("post", "/api/sequences"),
        ("get", "/api/enrollments"),
        ("post", "/api/enrollments"),
        ("post", "/api/outreach/sequence/generate"),
    ],
)
def test_a_key_without_the_scope_is_refused(
    program_with: Any, boss: User, method: str, path: str
) -> None:
    answer = getattr(program_with(boss, "campaigns:read"), method)(path)

    assert answer.status_code == 403


def test_an_analyst_s_key_takes_nobody_in(program_with: Any, ann: User) -> None:
    [pat] = make_people(1)
    body = {"campaign_id": str(make_drip().pk), "contact_ids": [str(pat.pk)]}

    answer = program_with(ann, "enrollments:write", "sequences:write").post(
        "/api/enrollments", body
    )

    assert answer.status_code == 403
    assert Enrollment.objects.count() == 0
