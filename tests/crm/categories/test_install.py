"""The shipped categories arrive by themselves and never overwrite what staff edited."""

import pytest

from crm.categories.catalogue import load_catalogue
from crm.categories.install import install_categories
from crm.models import Category

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_all_twenty_categories() -> None:
    assert set(Category.objects.values_list("slug", flat=True)) == set(load_catalogue())
    assert len(load_catalogue()) == 20


def test_installing_again_changes_nothing() -> None:
    assert install_categories(Category) == (0, 0)


def test_an_outdated_category_is_refreshed() -> None:
    Category.objects.filter(slug="catering").update(keywords=["food"])
    assert install_categories(Category) == (0, 1)
    assert "caterer" in Category.objects.get(slug="catering").keywords


def test_a_category_staff_edited_is_left_alone() -> None:
    Category.objects.filter(slug="catering").update(keywords=["food"], edited=True)
    assert install_categories(Category) == (0, 0)
    assert Category.objects.get(slug="catering").keywords == ["food"]


def test_every_shipped_schema_passes_the_admin_check() -> None:
    for category in Category.objects.all():
        category.clean()


def test_every_category_can_be_asked_for_and_drafted_about() -> None:
    for schema in load_catalogue().values():
        brief = schema.used_in("brief")
        assert any(field.required for field in brief), schema.slug
        assert all(field.question for field in brief if field.required), schema.slug
        assert schema.used_in("draft")
        assert len(schema.keywords) >= 10
