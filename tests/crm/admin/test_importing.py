"""The wizard: a list from its upload to being in, by those who may."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from crm.imports import uploads
from crm.models import Contact, ImportBatch, ImportProfile
from tests.pouring import Pouring

pytestmark = pytest.mark.django_db
PEOPLE = "Who,email,Mood\nPat,pat@sky.example,good\n=Kim,kim@,bad\n"


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "queue", lambda batch: None)


def signed_in(*permissions: str, name: str = "una", **options: Any) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def una() -> Client:
    return signed_in("view_importbatch", "add_importbatch", "add_contact", "change_importbatch")


def upload(client: Client, text: str = PEOPLE, **form: Any) -> Any:
    file = SimpleUploadedFile("people.csv", text.encode())
    return client.post(reverse("admin:crm_import_new"), {"kind": "contacts", "file": file, **form})


def where(name: str, batch: ImportBatch) -> str:
    return reverse(f"admin:crm_import{name}", args=[batch.pk])


def page(client: Client, name: str, batch: ImportBatch) -> str:
    answer = client.get(where(name, batch))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_goes_from_upload_to_being_in(una: Client) -> None:
    answer = upload(una)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == where("_columns", batch)
    shown = page(una, "_columns", batch)
    assert "pat@sky.example" in shown
    assert '<option value="email" selected>E-mail</option>' in shown
    chosen = {"column-0": "name", "column-1": "email", "column-2": "", "keep_unknown": "on"}
    una.post(where("_columns", batch), {**chosen, "profile_name": "Fair", "default-tags": "fair"})
    assert "would be new" in page(una, "", batch)
    assert 'hx-trigger="every 1s"' in page(una, "", batch)
    uploads.work_off(batch.pk)
    assert una.get(where("_live", batch))["HX-Refresh"] == "true"
    checked = page(una, "", batch)
    assert "Apply: 1 new, 0 changed" in checked
    assert "bad_email" in checked
    assert not Contact.objects.exists()
    una.post(where("_apply", batch))
    uploads.work_off(batch.pk)
    assert "Undo" in page(una, "", batch)
    pat = Contact.objects.get()
    assert (pat.name, pat.tags) == ("Pat", ["fair"])
    assert pat.ai_research_data == {"imported": {"Mood": "good"}}
    assert ImportProfile.objects.get().name == "Fair"


def test_the_rejected_rows_are_corrected_and_taken_in_again(una: Client) -> None:
    upload(una, "name,email\nPat,pat@sky.example\nKim,kim@\n")
    batch = ImportBatch.objects.get()
    una.post(where("_columns", batch), {"column-0": "name", "column-1": "email"})
    uploads.work_off(batch.pk)
    url = reverse("admin:crm_importbatch_rejected", args=[batch.pk])
    file = una.post(url).getvalue().decode("utf-8-sig")
    upload(una, file.replace("kim@,", "kim@sky.example,"))
    again = ImportBatch.objects.first()
    assert again is not None
    una.post(where("_columns", again), {"column-0": "name", "column-1": "email"})
    uploads.work_off(again.pk)
    again.refresh_from_db()
    assert (again.read, again.created, again.rejected) == (1, 1, 0)


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        ("name,email", "K\x00im,kim@sky.example", "type the cell anew"),
        ("name,email,name", "Kim,kim@sky.example,Tim", "Empty the wrong one"),
        ("name,email", "Kim,pat@sky.example", "belongs to one person"),
    ],
)
def test_a_row_that_cannot_do_stands_aside_with_what_to_do_and_the_others_come_in(
    una: Client, header: str, row: str, words: str
) -> None:
    columns = header.split(",")
    good = ",".join({"name": "Pat", "email": "pat@sky.example"}[one] for one in columns)
    upload(una, f"{header}\n{good}\n{row}\n")
    batch = ImportBatch.objects.get()
    una.post(where("_columns", batch), {f"column-{n}": one for n, one in enumerate(columns)})
    uploads.work_off(batch.pk)
    una.post(where("_apply", batch))
    uploads.work_off(batch.pk)
    assert words in page(una, "", batch)
    assert Contact.objects.get().name == "Pat"
    rejected = una.post(reverse("admin:crm_importbatch_rejected", args=[batch.pk]))
    assert row.split(",")[1] in rejected.getvalue().decode("utf-8-sig")


def test_columns_that_cannot_do_are_refused_and_kept_as_chosen(una: Client) -> None:
    upload(una)
    batch = ImportBatch.objects.get()
    answer = una.post(where("_columns", batch), {"column-0": "shoe", "country": "US"})
    assert "There is no field “shoe”" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == "uploaded"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"file": ""}, "Choose a file first"),
        ({"kind": "shoes"}, "Say what the list holds"),
        ({"kind": "companies"}, "Say what the list holds"),
    ],
)
def test_an_upload_that_lacks_something_says_what(
    una: Client, form: dict[str, str], words: str
) -> None:
    assert words in upload(una, **form).content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
        (b"PK\x03\x04 and no more", "a damaged ZIP"),
        (b",".join([b"email"] * 10_000) + b"\nx\n", "The list has 10,000 columns; at most"),
    ],
)
def test_what_is_no_list_is_refused_on_the_page(una: Client, data: bytes, words: str) -> None:
    file = SimpleUploadedFile("people.csv", data)
    answer = una.post(reverse("admin:crm_import_new"), {"kind": "contacts", "file": file})
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_list_of_headings_alone_is_told_so(una: Client) -> None:
    upload(una, "name,email\n")
    batch = ImportBatch.objects.get()
    una.post(where("_columns", batch), {"column-0": "name", "column-1": "email"})
    uploads.work_off(batch.pk)
    assert "There are headings, and no rows below them." in page(una, "", batch)


def test_an_upload_beyond_the_limit_is_cut_off_in_words(una: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    answer = upload(una, "email\n" + "pat@sky.example\n" * 200_000)
    assert "larger than" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_of_an_upload_of_two_gigabytes_next_to_nothing_is_read(una: Client) -> None:
    body = Pouring(2 * 1024**3, kind="contacts")
    answer = body.send(una, reverse("admin:crm_import_new"))
    page = answer.content.decode()
    assert "The file is larger than 256 MB. Split it (each part needs the row of headings)" in page
    assert "or take it in with manage.py, which reads files of up to 1 GB." in page
    assert body.read_so_far < 1024**2
    assert not ImportBatch.objects.exists()


def test_an_upload_needs_the_token_of_the_form() -> None:
    client = signed_in("add_importbatch", "add_contact", enforce_csrf_checks=True)
    assert upload(client).status_code == 403
    assert not ImportBatch.objects.exists()


def test_who_may_only_look_changes_nothing(una: Client) -> None:
    upload(una)
    batch = ImportBatch.objects.get()
    viewer = signed_in("view_importbatch", name="ann")
    assert "people.csv" in page(viewer, "", batch)
    assert viewer.get(reverse("admin:crm_import_new")).status_code == 403
    for name in ("_apply", "_discard", "_go-on"):
        assert viewer.post(where(name, batch)).status_code == 403
        assert una.get(where(name, batch)).status_code == 405
    assert signed_in(name="bo").get(where("", batch)).status_code == 403


def test_a_list_is_thrown_away(una: Client) -> None:
    upload(una)
    answer = una.post(where("_discard", ImportBatch.objects.get()), follow=True)
    assert "was thrown away" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_page_asks_the_same_however_long_the_list(
    una: Client, django_assert_max_num_queries: Any
) -> None:
    upload(una, "email\n" + "x@\n" * 60)
    batch = ImportBatch.objects.get()
    una.post(where("_columns", batch), {"column-0": "email"})
    uploads.work_off(batch.pk)
    with django_assert_max_num_queries(30):
        assert "Page 1 of 2" in page(una, "", batch)
