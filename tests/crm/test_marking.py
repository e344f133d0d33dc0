"""The same said of many at once: only what was not true yet is written, each with its entry."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.models import AuditEntry
from crm.errors import CrmError
from crm.marking import Marks, common_tags, mark
from crm.models import Company, Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms() -> list[Company]:
    return [
        Company.objects.create(name="A", tags=["jets"]),
        Company.objects.create(name="B", tags=["VIP"], active=False),
    ]


def test_a_tag_is_added_where_it_is_missing_with_an_entry_and_history(
    firms: list[Company],
) -> None:
    assert mark(Company.objects.all(), Marks(add=("vip",)), actor="sam") == 1
    assert [row.tags for row in Company.objects.order_by("name")] == [["jets", "vip"], ["VIP"]]
    entry = AuditEntry.objects.get(action="company.changed")
    assert (entry.actor, entry.subject_id, entry.data) == (
        "sam", str(firms[0].pk), {"fields": ["tags"]},
    )  # fmt: skip
    assert firms[0].history.count() == 2


def test_a_tag_is_taken_away_however_it_is_written(firms: list[Company]) -> None:
    assert mark(Company.objects.all(), Marks(take_away=("vip",)), actor="sam") == 1
    assert Company.objects.get(name="B").tags == []


def test_status_and_use_are_set_and_the_second_time_changes_nothing(firms: list[Company]) -> None:
    said = Marks(status="qualified", active=False)
    assert mark(Company.objects.all(), said, actor="sam") == 2
    assert set(Company.objects.values_list("status", "active")) == {("qualified", False)}
    assert mark(Company.objects.all(), said, actor="sam") == 0
    assert AuditEntry.objects.filter(action="company.changed").count() == 2


def test_who_was_erased_is_left_alone() -> None:
    from django.utils import timezone

    Contact.objects.create(name="", erased_at=timezone.now())
    kim = Contact.objects.create(name="Kim")
    assert mark(Contact.objects.all(), Marks(add=("vip",)), actor="sam") == 1
    assert AuditEntry.objects.get(action="contact.changed").subject_id == str(kim.pk)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Marks(), "Say what is to change"),
        (Marks(status="golden"), "no qualification"),
        (Marks(add=tuple(f"t{n}" for n in range(40))), "more than 30 tags"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    firms: list[Company], said: Marks, says: str
) -> None:
    with pytest.raises(CrmError, match=says):
        mark(Company.objects.all(), said, actor="sam")
    assert not AuditEntry.objects.exists()


def test_the_queries_stay_the_same_however_many() -> None:
    def cost(count: int, tag: str) -> int:
        Company.objects.bulk_create([Company(name=f"Firm {tag} {n}") for n in range(count)])
        with CaptureQueriesContext(connection) as queries:
            mark(Company.objects.all(), Marks(add=(tag,)), actor="sam")
        return len(queries)

    assert cost(3, "one") == cost(9, "two")  # within one batch


def test_the_tags_given_most_are_offered(firms: list[Company]) -> None:
    assert common_tags(Company) == ["jets", "VIP"]
