"""The suppression pages: added by hand, imported and exported by who may, never rewritten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry, Suppression

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LIST = reverse("admin:compliance_suppression_changelist")
ADD = reverse("admin:compliance_suppression_add")
IMPORT = reverse("admin:compliance_suppression_import")
EXPORT = reverse("admin:compliance_suppression_export")


def typed(**changes: str) -> dict[str, str]:
    now = timezone.localtime()
    return {
        "kind": "phone", "address": "(201) 555-0118", "scope": "all", "reason": "opt_out",
        "source": "phone call", "words": "please stop",
        "received_at_0": f"{now:%Y-%m-%d}", "received_at_1": f"{now:%H:%M:%S}", **changes,
    }  # fmt: skip


def test_an_entry_by_hand_is_normalised_and_in_the_ledger(sam: User, client_of: ClientOf) -> None:
    assert client_of(sam).post(ADD, typed()).status_code == 302
    row = Suppression.objects.get()
    assert (row.address, row.words) == ("+12015550118", "please stop")
    assert AuditEntry.objects.get(action="suppression.added").actor == "sam"


def test_a_number_with_letters_is_refused_on_the_form(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(ADD, typed(address="1-800-FLOWERS"))
    assert b"has letters in it" in answer.content
    assert not Suppression.objects.exists()


def test_an_entry_is_neither_changed_nor_deleted_by_anybody(admin_client: Client) -> None:
    row = Suppression.objects.create(kind="email", address="a@b.example", source="x")
    page = reverse("admin:compliance_suppression_change", args=[row.pk])
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, typed()).status_code == 403
    gone = reverse("admin:compliance_suppression_delete", args=[row.pk])
    assert admin_client.post(gone, {"post": "yes"}).status_code == 403
    assert Suppression.objects.filter(pk=row.pk).exists()


def upload(client: Client, act: str) -> Any:
    file = SimpleUploadedFile("old.csv", b"address\na@jets.example\nnobody\n")
    return client.post(IMPORT, {"file": file, "act": act})


def test_a_file_is_checked_first_and_then_taken_in(sam: User, client_of: ClientOf) -> None:
    client = client_of(sam)
    checked = upload(client, "check")
    assert b"1 would be added" in checked.content
    assert b"Line 3: " in checked.content
    assert not Suppression.objects.exists()
    assert b"1 added" in upload(client, "import").content
    assert Suppression.objects.get().address == "a@jets.example"


def test_a_file_that_turns_out_not_to_be_utf8_names_its_lines(
    sam: User, client_of: ClientOf
) -> None:
    data = "address,words\na@jets.example,\nb@jets.example,Zürich\nc@jets.example,\n"
    file = SimpleUploadedFile("old.csv", data.encode("latin-1"))
    page = client_of(sam).post(IMPORT, {"file": file, "act": "import"}).content.decode()
    assert "2 added" in page
    assert "Line 3: It holds characters that are not UTF-8. Save the file as" in page
    assert set(Suppression.objects.values_list("address", flat=True)) == {
        "a@jets.example", "c@jets.example"
    }  # fmt: skip


def test_no_file_is_told(sam: User, client_of: ClientOf) -> None:
    assert b"Choose a CSV file" in client_of(sam).post(IMPORT, {"act": "import"}).content


def test_the_export_is_a_file_and_in_the_ledger(sam: User, client_of: ClientOf) -> None:
    Suppression.objects.create(kind="email", address="a@b.example", source="=x")
    answer = client_of(sam).post(EXPORT)
    assert "attachment" in answer["Content-Disposition"]
    assert b"a@b.example" in answer.content
    assert b"'=x" in answer.content
    assert AuditEntry.objects.get(action="suppression.exported").data == {"entries": 1}


def test_who_only_reads_neither_imports_nor_exports(ann: User, client_of: ClientOf) -> None:
    client = client_of(ann)
    assert client.get(LIST).status_code == 200
    assert upload(client, "import").status_code == 403
    assert client.post(EXPORT).status_code == 403


def test_the_list_shows_how_long_it_took(sam: User, client_of: ClientOf) -> None:
    now = timezone.now()
    Suppression.objects.create(
        kind="email", address="a@b.example", reason="opt_out", source="x", received_at=now,
        effective_at=now + timedelta(milliseconds=40),
    )  # fmt: skip
    answer = client_of(sam).get(LIST)
    assert b"took effect within 40 ms on average, 40 ms at worst" in answer.content


def test_a_request_that_came_after_it_was_obeyed_took_no_time(
    sam: User, client_of: ClientOf
) -> None:
    now = timezone.now()
    Suppression.objects.create(
        kind="email", address="a@b.example", reason="opt_out", source="x", effective_at=now,
        received_at=now + timedelta(days=8),
    )  # fmt: skip
    assert b"within 0 ms on average, 0 ms at worst" in client_of(sam).get(LIST).content


def test_the_list_costs_the_same_however_long(sam: User, client_of: ClientOf) -> None:
    client = client_of(sam)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    Suppression.objects.create(kind="email", address="a@b.example", source="x")
    one = cost()
    Suppression.objects.bulk_create(
        Suppression(kind="email", address=f"{n}@b.example", source="x") for n in range(30)
    )
    assert cost() == one
