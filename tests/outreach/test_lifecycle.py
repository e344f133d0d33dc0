"""The lifecycle: only the moves in the table, each by compare-and-swap."""

import pytest
from model_bakery import baker

from outreach import lifecycle
from outreach.choices import MessageStatus as S
from outreach.models import Message


def message(status: S, **changes: object) -> Message:
    return baker.make(Message, status=status, direction="outbound", rfc_message_id="", **changes)


def rows(row: Message) -> object:
    return Message.objects.filter(pk=row.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("start", list(S))
@pytest.mark.parametrize("end", list(S))
def test_a_message_moves_exactly_where_the_table_lets_it(start: S, end: S) -> None:
    row = message(start)
    moved = lifecycle.move(rows(row), end)
    row.refresh_from_db()
    if end in lifecycle.MOVES[start]:
        assert (moved, row.status) == (1, end)
    else:
        assert (moved, row.status) == (0, start)


@pytest.mark.django_db
def test_the_second_of_two_movers_moves_nothing() -> None:
    row = message(S.EA_REVIEW)
    assert lifecycle.move(rows(row), S.APPROVED, only_from=frozenset({S.EA_REVIEW})) == 1
    assert lifecycle.move(rows(row), S.APPROVED, only_from=frozenset({S.EA_REVIEW})) == 0


@pytest.mark.django_db
def test_a_move_the_table_does_not_know_is_a_mistake_in_the_code() -> None:
    with pytest.raises(ValueError, match="No move"):
        lifecycle.move(Message.objects.all(), S.SENDING, only_from=frozenset({S.SENT}))


@pytest.mark.django_db
def test_an_edit_over_an_older_version_changes_nothing() -> None:
    row = message(S.EA_REVIEW, body="first")
    assert lifecycle.edit_content(rows(row), version=1, body="second") == 1
    assert lifecycle.edit_content(rows(row), version=1, body="third") == 0
    row.refresh_from_db()
    assert (row.body, row.version) == ("second", 2)


@pytest.mark.django_db
def test_an_edit_sends_an_approved_message_back_to_review() -> None:
    row = message(S.APPROVED, body="first")
    lifecycle.edit_content(rows(row), version=1, body="second")
    row.refresh_from_db()
    assert row.status == S.EA_REVIEW


@pytest.mark.django_db
@pytest.mark.parametrize("status", [S.SENDING, S.SENT, S.UNCERTAIN, S.CANCELLED])
def test_content_on_its_way_or_out_does_not_change(status: S) -> None:
    row = message(status, body="as sent")
    assert lifecycle.edit_content(rows(row), version=1, body="other") == 0


@pytest.mark.parametrize(
    "field",
    [
        "channel",
        "to_address",
        "from_name",
        "from_address",
        "reply_to",
        "subject",
        "body",
        "body_html",
    ],
)
def test_the_content_hash_covers_everything_a_recipient_sees(field: str) -> None:
    row = Message(subject="a", body="b")
    before = lifecycle.content_hash(row)
    setattr(row, field, "changed")
    assert lifecycle.content_hash(row) != before
