"""Imports: a new edition replaces the old one at once, or not at all."""

import io
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from compliance.choices import DncFileStatus, DncStatus
from compliance.dnc import load, lookup, versions
from compliance.dnc.errors import AlreadyImported, DncRefused
from compliance.models import AuditEntry, DncBlock, DncFile, DncVersion, InternalDncNumber
from tests.compliance.dnc.lists import SAN, bring_in, flat, xml, zipped

pytestmark = pytest.mark.django_db
HUNDRED = list(range(5615550100, 5615550200))
LATER = date(2026, 11, 25)


def listed(number: int) -> bool:
    return f"+1{number}" in lookup.find([f"+1{number}"], timezone.now())


def active(area_code: str = "561") -> DncVersion:
    version = versions.in_force("national", area_code)
    assert version is not None
    return version


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (flat(HUNDRED), "561.txt"),
        (zipped(flat(HUNDRED)), "561.zip"),
        (xml(HUNDRED), "561.xml"),
    ],
)
def test_a_list_is_in_force_after_its_import(content: bytes, name: str) -> None:
    file = bring_in(content, name)
    assert (file.status, file.numbers, file.position) == ("loaded", 100, len(content))
    assert (active().numbers, active().san, active().list_date) == (100, SAN, file.list_date)
    assert listed(HUNDRED[0])
    assert listed(HUNDRED[-1])
    assert not listed(HUNDRED[-1] + 1)


def test_a_newer_list_replaces_the_older_and_keeps_its_record() -> None:
    bring_in(flat(HUNDRED))
    first = active()
    bring_in(flat([*HUNDRED[1:], 5615559999]), list_date=LATER)
    first.refresh_from_db()
    assert first.status == DncStatus.SUPERSEDED
    assert first.superseded_at is not None
    assert not listed(HUNDRED[0])
    assert listed(5615559999)


def test_a_file_of_several_area_codes_makes_one_edition_of_each() -> None:
    bring_in(flat([3055550100, 5615550100]), "florida.txt")
    assert (active("305").numbers, active("561").numbers) == (1, 1)


def test_duplicates_count_once() -> None:
    bring_in(flat([*HUNDRED, *HUNDRED]))
    assert active().numbers == 100


def test_unsorted_lists_lose_nothing_when_memory_is_short() -> None:
    numbers = [5610000000 + block * 10_000 + line for line in range(3) for block in range(30)]
    with patch.object(load, "MOST_BLOCKS", 5), patch("compliance.dnc.files.CHUNK", 64):
        bring_in(flat(numbers))
    assert active().numbers == 90
    assert all(listed(number) for number in numbers)


def test_a_count_more_than_five_percent_off_waits_for_a_person() -> None:
    bring_in(flat(HUNDRED))
    file = bring_in(flat(HUNDRED[:94]), list_date=LATER)
    assert file.status == DncFileStatus.WAITING
    assert "-6.0%" in file.problem
    assert active().numbers == 100
    waiting = file.versions.get()
    versions.confirm(waiting, actor="ann")
    assert active() == waiting
    file.refresh_from_db()
    assert (file.status, file.problem) == (DncFileStatus.LOADED, "")
    assert AuditEntry.objects.filter(action="dnc.activated", actor="ann").count() == 1


@pytest.mark.parametrize("count", [95, 105])
def test_a_count_within_five_percent_goes_in(count: int) -> None:
    bring_in(flat(HUNDRED))
    bring_in(flat(range(5615550100, 5615550100 + count)), list_date=LATER)
    assert active().numbers == count


def test_a_list_turned_down_leaves_no_numbers() -> None:
    bring_in(flat(HUNDRED))
    file = bring_in(flat(HUNDRED[:50]), list_date=LATER)
    versions.discard(file.versions.get(), actor="sam", reason="cut off")
    assert file.versions.get().status == DncStatus.FAILED
    assert DncBlock.objects.count() == 1
    with pytest.raises(DncRefused, match="waits for no decision"):
        versions.confirm(file.versions.get(), actor="sam")


def test_a_list_that_waited_too_long_is_not_confirmed_over_a_newer_one() -> None:
    bring_in(flat(HUNDRED))
    waiting = bring_in(flat(HUNDRED[:50]), list_date=LATER).versions.get()
    bring_in(flat(HUNDRED[:99]), list_date=LATER + timedelta(days=7))
    with pytest.raises(DncRefused, match="download a newer one"):
        versions.confirm(waiting, actor="sam")
    assert active().numbers == 99


def test_yesterday_s_file_under_today_s_date_waits_for_a_person() -> None:
    bring_in(flat(HUNDRED))
    file = bring_in(flat(HUNDRED), list_date=LATER)
    assert "byte for byte" in file.problem
    assert active().list_date < LATER


def test_an_older_list_is_refused() -> None:
    bring_in(flat(HUNDRED), list_date=LATER)
    with pytest.raises(DncRefused, match="18 Nov 2026, but the one in force"):
        bring_in(flat(HUNDRED[1:]))
    assert active().numbers == 100


def test_the_same_file_again_is_nothing_to_do() -> None:
    bring_in(flat(HUNDRED))
    with pytest.raises(AlreadyImported):
        bring_in(flat(HUNDRED))
    assert active().numbers == 100


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"san": "99999999-11111-11"}, "not our subscription account number"),
        ({"san": ""}, "needs the subscription account number"),
        ({"list_date": date(2027, 1, 2)}, "still to come"),
    ],
)
def test_what_must_not_be_taken_is_refused_and_recorded(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(DncRefused, match=words):
        bring_in(flat(HUNDRED), **changes)
    assert DncFile.objects.get().status == DncFileStatus.FAILED
    assert AuditEntry.objects.filter(action="dnc.refused", reason__contains=words).exists()


def test_without_our_own_account_number_no_national_list_is_taken() -> None:
    with pytest.raises(DncRefused, match="DNC_SAN"):
        load.hand_in("561.txt", source="national", list_date=date(2026, 1, 1), actor="s", san=SAN)


def test_our_account_number_is_recognised_however_it_is_written() -> None:
    assert bring_in(flat(HUNDRED), san="1002123456789 23").status == DncFileStatus.LOADED


@pytest.mark.parametrize("source", ["state:XX", "federal", "state:", ""])
def test_an_unknown_list_is_refused(source: str) -> None:
    with pytest.raises(DncRefused, match="no list the desk knows"):
        bring_in(flat(HUNDRED), source=source)


@pytest.mark.parametrize("damage", [b"oops\n", b"555\xe9\xff\n"])
def test_a_refused_file_leaves_the_list_in_force_and_no_numbers(damage: bytes) -> None:
    bring_in(flat(HUNDRED))
    with pytest.raises(DncRefused, match="Line 100"):
        bring_in(flat(HUNDRED)[:-9] + damage, list_date=LATER)
    assert active().numbers == 100
    assert DncBlock.objects.count() == 1
    assert DncFile.objects.first().status == DncFileStatus.FAILED  # type: ignore[union-attr]


def test_a_crash_is_stored_and_goes_on_up() -> None:
    bring_in(flat(HUNDRED))
    with patch.object(versions, "store", side_effect=OSError("disk full")), pytest.raises(OSError):
        bring_in(flat(HUNDRED[1:]), list_date=LATER)
    assert "disk full" in DncFile.objects.first().problem  # type: ignore[union-attr]
    assert active().numbers == 100


class Killed(BaseException):
    """What no `except Exception` sees, as a worker that is gone."""


@pytest.fixture
def killed() -> DncFile:
    """An import that died after it had written numbers."""
    bring_in(flat(HUNDRED))
    with (
        patch.object(versions, "count_numbers", side_effect=Killed),
        pytest.raises(Killed),
    ):
        bring_in(flat(HUNDRED[1:]), list_date=LATER)
    return DncFile.objects.get(status=DncFileStatus.LOADING)


def test_a_killed_import_leaves_the_old_list_in_force(killed: DncFile) -> None:
    assert DncBlock.objects.count() == 2
    assert active().numbers == 100
    assert listed(HUNDRED[0])


def test_a_killed_import_is_begun_anew_once_it_is_surely_dead(killed: DncFile) -> None:
    content = io.BytesIO(flat(HUNDRED[1:]))
    with pytest.raises(DncRefused, match="is being imported"):
        load.load(killed, content, actor="sam")
    DncFile.objects.filter(pk=killed.pk).update(touched_at=timezone.now() - load.DEAD_AFTER * 2)
    load.load(killed, content, actor="sam")
    assert active().numbers == 99
    assert DncBlock.objects.count() == 2


def test_a_killed_import_can_be_handed_in_again(killed: DncFile) -> None:
    bring_in(flat(HUNDRED[1:]), list_date=LATER)
    assert active().numbers == 99


def test_the_sweep_clears_what_a_killed_import_left(killed: DncFile) -> None:
    assert load.sweep() == 0
    DncFile.objects.filter(pk=killed.pk).update(touched_at=timezone.now() - timedelta(days=1))
    assert load.sweep() == 1
    killed.refresh_from_db()
    assert "Import the file again" in killed.problem
    assert DncBlock.objects.count() == 1


def test_a_run_taken_for_dead_stops_when_another_has_the_file() -> None:
    with patch("django.conf.settings.DNC_SAN", SAN):
        file = load.hand_in(
            "561.txt", source="national", list_date=date(2026, 1, 1), actor="sam", san=SAN
        )

    def taken_over(version: DncVersion, gathered: dict[int, bytes]) -> None:
        DncFile.objects.filter(pk=file.pk).update(touched_at=timezone.now())

    with (
        patch.object(versions, "store", taken_over),
        pytest.raises(DncRefused, match="another run"),
    ):
        load.load(file, io.BytesIO(flat(HUNDRED)), actor="sam")
    file.refresh_from_db()
    assert file.status == DncFileStatus.LOADING
    assert not DncVersion.objects.filter(status=DncStatus.ACTIVE).exists()


def test_progress_is_told_and_ends_at_the_whole_file() -> None:
    seen: list[tuple[int, int]] = []
    content = flat(range(5615500000, 5615600000))
    with patch("django.conf.settings.DNC_SAN", SAN):
        file = load.hand_in(
            "561.txt", source="national", list_date=date(2026, 1, 1), actor="sam", san=SAN
        )
    with patch.object(load, "TELL_EVERY", 0):
        load.load(
            file, io.BytesIO(content), actor="sam",
            progress=lambda row: seen.append((row.position, row.numbers)),
        )  # fmt: skip
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1] == (len(content), 100_000)


def test_a_state_s_list_is_one_edition_that_knows_its_area_codes() -> None:
    bring_in(flat([3055550100, 5615550100]), "florida.txt", source="state:fl", san="")
    version = DncVersion.objects.get()
    assert (version.source, version.area_code, version.covers) == ("state:FL", "", ["305", "561"])


def test_a_file_for_our_own_list_adds_and_never_replaces() -> None:
    bring_in(flat(HUNDRED[:2]), source="internal", san="")
    bring_in(flat(HUNDRED[1:4]), source="internal", san="")
    assert InternalDncNumber.objects.count() == 4
    assert listed(HUNDRED[0])


def test_a_broken_file_adds_nothing_to_our_own_list() -> None:
    with patch("compliance.dnc.files.CHUNK", 64), pytest.raises(DncRefused):
        bring_in(flat(HUNDRED) + b"oops\n", source="internal", san="")
    assert not InternalDncNumber.objects.exists()


def test_old_numbers_are_purged_and_their_record_stays(settings: Any) -> None:
    settings.DNC_KEEP_DAYS = 30
    bring_in(flat(HUNDRED))
    old = active()
    bring_in(flat(HUNDRED[1:]), list_date=LATER)
    assert versions.purge(at=timezone.now() + timedelta(days=29)) == 0
    assert versions.purge(at=timezone.now() + timedelta(days=31)) == 1
    assert versions.purge(at=timezone.now() + timedelta(days=31)) == 0
    old.refresh_from_db()
    assert (old.numbers, old.purged_at is not None) == (100, True)
    assert versions.count_numbers(old) == 0
    assert listed(HUNDRED[1])
