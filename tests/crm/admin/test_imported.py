"""The page of imports: counts, rejected rows as a file, undo by those who may."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

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
    text = signed_in("view_importbatch").get(url).getvalue().decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=Kim,kim@,3,email,")


def test_who_may_not_see_imports_gets_no_file(batch: ImportBatch) -> None:
    url = reverse("admin:crm_importbatch_rejected", args=[batch.pk])
    assert signed_in("view_contact").get(url).status_code == 403


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
