"""The page of imports: counts, rejected rows as a file, undo by those who may."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from crm.imports.run import import_list
from crm.models import Contact, ImportBatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(tmp_path: Path) -> ImportBatch:
    file = tmp_path / "people.csv"
    file.write_text("name,email\nPat,pat@sky.example\n=Kim,kim@\n")
    import_list(file, "contacts", actor="sam")
    return ImportBatch.objects.get()


def signed_in(*permissions: str) -> Client:
    user = User.objects.create_user("una", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def test_the_page_shows_counts_and_rejected_rows(batch: ImportBatch) -> None:
    client = signed_in("view_importbatch", "view_rejectedrow")
    listed = client.get(reverse("admin:crm_importbatch_changelist")).content.decode()
    assert "people.csv" in listed
    page = client.get(reverse("admin:crm_importbatch_change", args=[batch.pk])).content.decode()
    assert "bad_email" in page
    assert "Undo" not in page


def test_rejected_rows_are_handed_out_harmless(batch: ImportBatch) -> None:
    url = reverse("admin:crm_importbatch_rejected", args=[batch.pk])
    text = signed_in("view_importbatch", "export_contact").post(url).getvalue().decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=Kim,kim@,3,email,")


FILES = ("admin:crm_importbatch_rejected", "admin:crm_import_report")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_rows_is_asked_for_by_a_post_and_stands_in_the_ledger(
    batch: ImportBatch, name: str
) -> None:
    client = signed_in("view_importbatch", "export_contact")
    assert client.get(reverse(name, args=[batch.pk])).status_code == 405
    assert not AuditEntry.objects.filter(action="import.exported").exists()
    assert client.post(reverse(name, args=[batch.pk])).status_code == 200
    entry = AuditEntry.objects.get(action="import.exported")
    assert (entry.actor, entry.subject_id, entry.data["rejected"]) == ("una", str(batch.pk), 1)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("actor", "rights", "status"),
    [
        ("sam", ("view_importbatch",), 403),
        ("sam", ("view_importbatch", "add_importbatch"), 403),
        ("una", ("view_importbatch",), 403),
        ("una", ("view_importbatch", "add_importbatch"), 200),
        ("sam", ("view_importbatch", "export_contact"), 200),
    ],
)
def test_rows_are_handed_to_who_brought_them_and_to_who_may_export(
    batch: ImportBatch, name: str, actor: str, rights: tuple[str, ...], status: int
) -> None:
    ImportBatch.objects.update(actor=actor)
    client = signed_in(*rights, "view_rejectedrow")
    url = reverse(name, args=[batch.pk])
    assert client.post(url).status_code == status
    taken = AuditEntry.objects.filter(action="import.exported")
    assert taken.exists() == (status == 200)
    for page in ("admin:crm_importbatch_change", "admin:crm_import"):
        shown = client.get(reverse(page, args=[batch.pk])).content.decode()
        offered = reverse("admin:crm_importbatch_rejected", args=[batch.pk]) in shown
        assert offered == (status == 200)


def test_who_may_not_see_imports_gets_no_file(batch: ImportBatch) -> None:
    url = reverse("admin:crm_importbatch_rejected", args=[batch.pk])
    assert signed_in("view_contact").post(url).status_code == 403


def test_undo_needs_the_right_and_a_post(batch: ImportBatch) -> None:
    url = reverse("admin:crm_importbatch_undo", args=[batch.pk])
    client = signed_in("view_importbatch")
    assert client.post(url).status_code == 403
    assert client.get(url).status_code == 405
    assert Contact.objects.count() == 1


def test_undo_takes_people_back(batch: ImportBatch) -> None:
    url = reverse("admin:crm_importbatch_undo", args=[batch.pk])
    answer = signed_in("view_importbatch", "change_importbatch").post(url, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Taken back: 1 people."]
    assert "Taken back: 1 people" in answer.content.decode()
    assert not Contact.objects.exists()
