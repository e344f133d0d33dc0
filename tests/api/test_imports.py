"""Lists and people by the API: uploaded, followed, applied; the same checks, the same report."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.models import AuditEntry
from crm.imports import uploads
from crm.models import Contact, ImportBatch, Lead
from tests.api.conftest import Program
from tests.pouring import Pouring

PEOPLE = "Who,email\nPat,pat@sky.example\nKim,kim@\n"


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "queue", lambda batch: None)


def send(program: Program, text: str | bytes = PEOPLE, **form: Any) -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    form = {"kind": "contacts", "file": SimpleUploadedFile("people.csv", data), **form}
    return program.client.post("/api/imports", form, headers=program.headers)


def work(answer: Any) -> ImportBatch:
    assert answer.status_code == 202, answer.content
    uploads.work_off(answer.json()["id"])
    return ImportBatch.objects.get(pk=answer.json()["id"])


def test_a_list_is_uploaded_followed_and_in(program: Program) -> None:
    answer = send(program, mapping=json.dumps({"Who": "name"}))
    assert answer.json()["state"] == "running"
    batch = work(answer)
    told = program.get(f"/api/imports/{batch.pk}").json()
    assert (told["state"], told["read"], told["created"], told["rejected"]) == ("done", 2, 1, 1)
    assert told["columns"] == {"Who": "name", "email": "email"}
    assert Contact.objects.get().name == "Pat"
    [row] = program.get(f"/api/imports/{batch.pk}/rejected").json()["items"]
    assert (row["row"], row["column"], row["value"], row["code"]) == (
        3,
        "email",
        "kim@",
        "bad_email",
    )
    assert program.get("/api/imports").json()["items"][0]["id"] == str(batch.pk)


def test_a_dry_run_waits_to_be_applied(program: Program) -> None:
    batch = work(send(program, dry_run="true"))
    assert (batch.state, batch.created) == ("checked", 1)
    assert not Contact.objects.exists()
    applied = program.post(f"/api/imports/{batch.pk}/apply")
    assert applied.status_code == 202
    work(applied)
    assert Contact.objects.count() == 1
    assert program.post(f"/api/imports/{batch.pk}/apply").status_code == 409


def test_the_four_columns_of_a_skip_trace(program: Program) -> None:
    rows = "parcel_id,phone,email,source\n01-22,407 555 1234,pat@x.example,tracer\n"
    refused = send(program, rows, kind="leads")
    assert refused.status_code == 422
    assert "county and state are not told" in refused.json()["detail"]
    assert not ImportBatch.objects.exists()
    work(send(program, rows, kind="leads", defaults='{"county": "Orange", "state": "FL"}'))
    assert str(Lead.objects.get().property) == "01-22, Orange, FL"


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"mapping": "nonsense"}, 422, "no JSON object"),
        ({"mapping": '{"Who": "shoe"}'}, 422, "There is no field “shoe”"),
        ({"mapping": '{"Whom": "name"}'}, 422, "There is no column “Whom”"),
        ({"defaults": '{"shoe": "43"}'}, 422, "There is no field “shoe”"),
        ({"profile": "Other"}, 422, "There is no profile “Other”"),
        ({"country": "Nowhere"}, 422, "is no country"),
        ({"kind": "shoes"}, 422, "kind"),
        ({"file": ""}, 422, "file"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(
    program: Program, form: dict[str, str], status: int, words: str
) -> None:
    answer = send(program, **form)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert not ImportBatch.objects.exists()


def test_a_file_beyond_the_limit_is_not_read_to_its_end(program: Program, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    answer = send(program, "email\n" + "pat@sky.example\n" * 200_000)
    assert answer.status_code == 413
    assert "larger than" in answer.json()["detail"]
    assert not ImportBatch.objects.exists()


def test_of_a_file_of_two_gigabytes_next_to_nothing_is_read(program: Program) -> None:
    body = Pouring(2 * 1024**3, kind="contacts")
    answer = body.send(program.client, "/api/imports", program.headers["Authorization"])
    assert answer.status_code == 413
    assert "larger than 256 MB. Split it" in answer.json()["detail"]
    assert body.read_so_far < 1024**2
    assert not ImportBatch.objects.exists()


def test_what_is_no_table_is_refused(program: Program) -> None:
    answer = send(program, b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    assert (answer.status_code, "a PNG image" in answer.json()["detail"]) == (422, True)


def test_the_files_are_handed_out_harmless(program: Program) -> None:
    batch = work(send(program, "name,email\n=1+1,kim@\n"))
    file = program.post(f"/api/imports/{batch.pk}/rejected.csv")
    assert file["Content-Type"].startswith("text/csv")
    assert "'=1+1,kim@,2,email," in file.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    report = program.post(f"/api/imports/{batch.pk}/report.csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "rejected,1" in report
    taken = AuditEntry.objects.filter(action="import.exported", subject_id=str(batch.pk))
    assert sorted(entry.data["file"] for entry in taken) == ["import-report", "rejected"]
    assert {entry.actor for entry in taken} == {"boss"}


def test_each_page_of_rows_that_is_shown_stands_in_the_ledger(program: Program) -> None:
    batch = work(send(program, "name,email\nPat,pat@\nKim,kim@\nLee,lee@\n"))
    first = program.get(f"/api/imports/{batch.pk}/rejected?limit=2").json()
    program.get(f"/api/imports/{batch.pk}/rejected?after={first['next_after']}")
    assert program.get(f"/api/imports/{batch.pk}/rejected?taken_in=true").json()["items"] == []
    taken = AuditEntry.objects.filter(action="import.exported", subject_id=str(batch.pk))
    assert [line.data["rows"] for line in taken.order_by("id")] == [2, 1]
    assert {line.actor for line in taken} == {"boss"}


def test_who_neither_brought_the_list_in_nor_may_export_sees_no_rows(
    program: Program, program_with: Callable[..., Program]
) -> None:
    batch = work(send(program))
    ann = User.objects.create_user("ann", "ann@desk.example", "pass")
    names = ["add_importbatch", "view_importbatch"]
    ann.user_permissions.set(Permission.objects.filter(codename__in=names))
    hers = program_with(ann, "imports:read")
    refused = hers.get(f"/api/imports/{batch.pk}/rejected")
    assert refused.status_code == 403
    assert "may export contacts" in refused.json()["detail"]
    assert hers.get(f"/api/imports/{batch.pk}").json()["rejected"] == 1
    assert not AuditEntry.objects.filter(action="import.exported").exists()
    batch.actor = "ann"
    batch.save(update_fields=["actor"])
    assert hers.get(f"/api/imports/{batch.pk}/rejected").json()["items"]


def test_neither_a_key_that_reads_nor_somebody_else_s_takes_rows_away(
    program: Program, program_with: Callable[..., Program], boss: User
) -> None:
    batch = work(send(program))
    ann = User.objects.create_user("ann", "ann@desk.example", "pass")
    ann.user_permissions.set(Permission.objects.filter(codename="add_importbatch"))
    other, reader = program_with(ann, "imports:write"), program_with(boss, "imports:read")
    for file in ("rejected.csv", "report.csv"):
        assert reader.post(f"/api/imports/{batch.pk}/{file}").status_code == 403
        refused = other.post(f"/api/imports/{batch.pk}/{file}")
        assert refused.status_code == 403
        assert "may export contacts" in refused.json()["detail"]
        assert program.get(f"/api/imports/{batch.pk}/{file}").status_code == 405
    assert not AuditEntry.objects.filter(action="import.exported").exists()


def test_people_come_as_json_with_the_same_checks(program: Program) -> None:
    people = [
        {"name": "Pat", "email": "Pat@Sky.example", "company": "Sky", "email_verified": True},
        {"name": "Kim", "email": "kim@"},
        {"name": "Pat again", "email": "pat@sky.example"},
    ]
    told = program.post("/api/contacts/bulk", {"people": people, "source": "fair"}).json()
    assert (told["read"], told["created"], told["rejected"]) == (3, 1, 2)
    assert [(row["row"], row["code"]) for row in told["rejected_rows"]] == [
        (2, "bad_email"), (3, "duplicate_in_file"),
    ]  # fmt: skip
    pat = Contact.objects.get()
    assert (pat.source, pat.points.get().state) == ("fair", "verified")
    again = program.post("/api/contacts/bulk", {"people": people, "source": "fair"}).json()
    assert (again["created"], again["unchanged"], again["batch_id"]) == (0, 1, 2)
    dry = program.post(
        "/api/contacts/bulk", {"people": [{"email": "x@y.example"}], "dry_run": True}
    )
    assert (dry.json()["created"], Contact.objects.count()) == (1, 1)


def test_too_many_people_at_once_are_refused(program: Program) -> None:
    people = [{"email": "x@y.example"}] * 1001
    assert program.post("/api/contacts/bulk", {"people": people}).status_code == 422


def test_a_key_needs_its_scope_and_its_owner_the_right(
    program_with: Callable[..., Program], boss: User
) -> None:
    reader = program_with(boss, "imports:read")
    assert send(reader).status_code == 403
    assert (
        reader.post("/api/contacts/bulk", {"people": [{"email": "x@y.example"}]}).status_code == 403
    )
    una = User.objects.create_user("una")
    una.user_permissions.set(Permission.objects.filter(codename="add_importbatch"))
    answer = send(program_with(una, "imports:write"))
    assert answer.status_code == 403
    assert "crm.add_contact" in answer.json()["detail"]
