"""Drafts in batches: what texts share, what is each one's own, and who must be read singly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach import editing
from outreach.models import Message
from outreach.outbounds import unsubscribe_url
from outreach.sequences.batches import compare, list_batches
from outreach.sequences.enroll import enroll
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, tick

VARIANTS = [
    {"name": name, "subject": "Hello", "body": f"Hello {{{{ greeting }}}},\n\nWording {name}."}
    for name in ("a", "b")
]


def test_what_most_texts_have_is_shared_and_the_rest_is_their_own() -> None:
    texts = [f"Hello {name},\n\nWe look after planes." for name in ("Ann", "Bo", "Cy")]

    assert [one.own for one in compare(texts)] == [("Hello Ann,",), ("Hello Bo,",), ("Hello Cy,",)]


def test_a_text_alone_has_nothing_of_its_own() -> None:
    assert compare(["Hello Ann,\nHow are you?"])[0].own == ()


def test_a_text_that_lacks_what_nearly_all_have_is_told() -> None:
    texts = [f"Hello {n},\nReply STOP to end." for n in range(19)]

    assert compare([*texts, "Hello 20,"])[-1].lacks == ("Reply STOP to end.",)
    assert not any(one.lacks for one in compare([*texts, "Hello 20,"])[:-1])


def test_of_a_few_texts_none_is_called_odd() -> None:
    assert all(one.lacks == () for one in compare(["Hello", "Hello\nYou", "Hello\nYou"]))


@given(st.lists(st.text(alphabet="ab\n ", max_size=30), max_size=12))
def test_no_word_of_a_text_is_hidden(texts: list[str]) -> None:
    """Every line is either shared by more than half of all, or shown as that text's own."""
    for text, one in zip(texts, compare(texts), strict=True):
        for line in filter(str.strip, text.splitlines()):
            holders = sum(line in other.splitlines() for other in texts)
            assert line in one.own or holders > len(texts) / 2


@pytest.mark.django_db
class TestBatches:
    def make(self, count: int, steps: list[dict[str, Any]] | None = None) -> Any:
        drip = make_drip(make_version(steps or TWO_MAILS))
        people = make_people(count)
        enroll(drip, [person.pk for person in people], actor="sam")
        tick()
        return drip

    def test_drafts_of_one_step_and_variant_make_a_batch(self, clock: Clock) -> None:
        drip = self.make(20, [{"channel": "email", "at": "09:00", "variants": VARIANTS}])

        batches = list_batches(drip)

        assert [(b.step, b.variant) for b in batches] == [(1, "a"), (1, "b")]
        assert sum(len(b.alike) for b in batches) == 20
        assert all(f"Wording {b.variant}." not in d.own for b in batches for d in b.alike)

    def test_flagged_edited_and_returned_drafts_are_read_singly(self, clock: Clock) -> None:
        drip = self.make(6)
        flagged, edited, returned, *_rest = Message.objects.filter(campaign=drip)
        Message.objects.filter(pk=flagged.pk).update(flagged=True)
        editing.edit(edited.pk, actor="sam", version=1, subject="Hello", body="My own words")
        Message.objects.filter(pk=returned.pk).update(reason="Taken back by sam.")

        [batch] = list_batches(drip)

        assert {d.message.pk for d in batch.exceptions} == {flagged.pk, edited.pk, returned.pk}
        assert {d.exception for d in batch.exceptions} >= {"Somebody edited it."}
        assert len(batch.alike) == 3

    def test_what_is_done_by_hand_is_never_approved_in_a_batch(self, clock: Clock) -> None:
        drip = make_drip(make_version([{"channel": "social", "at": "09:00", "body": "Hello"}]))
        people = make_people(3, points=("social",))
        enroll(drip, [person.pk for person in people], actor="sam")
        tick()

        [batch] = list_batches(drip)

        assert batch.manual
        assert batch.alike == []
        assert len(batch.exceptions) == 3

    def test_a_way_out_is_no_difference_unless_it_is_somebody_else_s(self, clock: Clock) -> None:
        drip = self.make(6)
        one, other, *_rest = Message.objects.filter(campaign=drip)
        assert unsubscribe_url(one) in one.body
        assert not any(draft.own for draft in list_batches(drip)[0].alike)

        wrong = one.body.replace(unsubscribe_url(one), unsubscribe_url(other))
        Message.objects.filter(pk=one.pk).update(body=wrong)

        found = {d.message.pk: d for b in list_batches(drip) for d in (*b.alike, *b.exceptions)}
        assert unsubscribe_url(other) in found[one.pk].own[0]

    def test_the_hour_is_told_on_the_person_s_clock(self, clock: Clock) -> None:
        drip = self.make(1)

        [draft] = list_batches(drip)[0].alike

        assert draft.local is not None
        assert f"{draft.local:%H:%M %Z}" == "09:00 EST"

    def test_two_queries_for_any_number(self, clock: Clock, django_assert_num_queries: Any) -> None:
        drip = self.make(30)

        with django_assert_num_queries(2):
            list_batches(drip)
