"""A pepper that is missing or lost is told before it lets anything through."""

from typing import Any

import pytest

from compliance import keyed_hash
from compliance.checks import check_hashes, check_pepper
from compliance.models import Suppression


def test_production_needs_a_pepper_of_its_own(settings: Any) -> None:
    settings.PRODUCTION, settings.ADDRESS_PEPPER = True, ""
    assert [found.id for found in check_pepper()] == ["compliance.E001"]
    settings.ADDRESS_PEPPER = "p" * 50
    assert check_pepper() == []


@pytest.mark.django_db
def test_a_lost_pepper_is_told(settings: Any) -> None:
    address = keyed_hash.hashed("a@b.example")
    Suppression.objects.create(kind="email", address=address, source="x")
    assert check_hashes(databases=["default"]) == []
    settings.ADDRESS_PEPPER = "another"
    assert [found.id for found in check_hashes(databases=["default"])] == ["compliance.E002"]
