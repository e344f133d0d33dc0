"""The second factor: with one set up, the password alone opens nothing."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def test_without_a_device_the_desk_opens(ella: User) -> None:
    client = Client()
    client.force_login(ella)
    assert client.get("/admin/review/").status_code == 200


def test_with_a_device_every_page_asks_for_the_code_first(ella: User) -> None:
    device = TOTPDevice.objects.create(user=ella, confirmed=True)
    client = Client()
    client.force_login(ella)
    answer = client.get("/admin/review/")
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/second-factor/?next=/admin/review/"
    wrong = client.post("/admin/second-factor/", {"token": "000000", "next": "/admin/review/"})
    assert "not right" in wrong.content.decode()
    device.refresh_from_db()
    device.throttle_reset()
    right = client.post(
        "/admin/second-factor/", {"token": code_of(device), "next": "/admin/review/"}
    )
    assert right["Location"] == "/admin/review/"
    assert client.get("/admin/review/").status_code == 200


def test_setting_one_up_takes_a_post_and_a_right_code(ella: User) -> None:
    client = Client()
    client.force_login(ella)
    client.get("/admin/second-factor/")
    assert not TOTPDevice.objects.exists()
    page = client.post("/admin/second-factor/", {"begin": "1"}).content.decode()
    assert "data:image/svg+xml" in page
    device = TOTPDevice.objects.get(user=ella)
    assert not device.confirmed
    client.post("/admin/second-factor/", {"token": code_of(device)})
    device.refresh_from_db()
    assert device.confirmed


def test_a_required_factor_must_be_set_up_before_anything_else(
    ella: User, settings: object
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]
    client = Client()
    client.force_login(ella)
    assert client.get("/admin/")["Location"].startswith("/admin/second-factor/")


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "/admin//evil.example"]
)
def test_the_way_back_leads_only_into_the_desk(ella: User, evil: str) -> None:
    device = TOTPDevice.objects.create(user=ella, confirmed=True)
    client = Client()
    client.force_login(ella)
    answer = client.post("/admin/second-factor/", {"token": code_of(device), "next": evil})
    assert answer["Location"] == "/admin/"
