"""The sequence pages: drawn, filtered, versioned, and closed to those who may not write."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from compliance.models import AuditEntry
from outreach.models import Sequence
from outreach.sequences import versions
from outreach.sequences.enroll import enroll
from tests.outreach.admin.sequences.conftest import FRAME
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version

pytestmark = pytest.mark.django_db
AGAIN = [TWO_MAILS[0], {**TWO_MAILS[1], "after_days": 5}]


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:outreach_{name}", args=args)


def test_the_list_shows_every_shipped_sequence_with_its_span(client_of: Any, ann: User) -> None:
    text = client_of(ann).get(page("sequences")).content.decode()

    for sequence in Sequence.objects.all():
        assert sequence.name in text
    assert "5 touches in 22 days" in text  # the home owners' drip


def test_the_list_keeps_one_voice(client_of: Any, ann: User) -> None:
    text = client_of(ann).get(page("sequences") + "?voice=home_owner").content.decode()

    assert "Home owners" in text
    assert "Soft nudge" not in text


def test_the_list_takes_the_same_queries_however_many(
    client_of: Any, ann: User, django_assert_num_queries: Any
) -> None:
    client = client_of(ann)
    client.get(page("sequences"))
    for _ in range(5):
        make_version()

    # the frame, sequences, versions, people
    with django_assert_num_queries(FRAME + 3):
        client.get(page("sequences"))


def test_the_page_takes_the_same_queries_however_many_steps_and_campaigns(
    client_of: Any, ann: User, django_assert_num_queries: Any
) -> None:
    version = make_version([TWO_MAILS[0], *[TWO_MAILS[1]] * 9])
    for name in ("One", "Two", "Three"):
        enroll(make_drip(version, name=name, exclusive=False, contact_gap_days=0),
               [p.pk for p in make_people(2)], actor="sam")  # fmt: skip
    versions.write_version(version.sequence, {"steps": AGAIN}, actor="sam")
    client = client_of(ann)

    # the frame, sequence, versions, newest number, who follows, their campaigns
    with django_assert_num_queries(FRAME + 5):
        text = client.get(page("sequence", version.sequence_id)).content.decode()
    assert text.count("2</b> pending") == 3


def test_shares_of_variants_are_drawn(client_of: Any, ann: User) -> None:
    variants = [
        {"name": "a", "weight": 3, "subject": "Hello", "body": "Hello"},
        {"name": "b", "weight": 1, "subject": "Hi", "body": "Hi"},
    ]
    version = make_version([{"channel": "email", "variants": variants}])

    text = client_of(ann).get(page("sequence", version.sequence_id)).content.decode()

    assert "width:75.0%" in text
    assert "A/B" in text


def test_an_older_version_is_shown_as_such(client_of: Any, ann: User) -> None:
    version = make_version()
    versions.write_version(version.sequence, {"steps": AGAIN}, actor="sam")

    text = client_of(ann).get(page("sequence", version.sequence_id) + "?version=1").content.decode()

    assert "Show the newest, version 2" in text
    assert "Step 2: comes 5 days after the one before instead of 3 days." in text


def test_words_in_a_sequence_are_shown_and_never_run(client_of: Any, ann: User) -> None:
    version = make_version([{**TWO_MAILS[0], "body": "<script>alert(1)</script>"}])

    for query in ("", "?as=read"):
        address = page("sequence", version.sequence_id) + query
        assert "<script>alert" not in client_of(ann).get(address).content.decode()


def test_an_analyst_may_look_and_not_write(client_of: Any, ann: User) -> None:
    version = make_version()
    client = client_of(ann)

    assert "Retire" not in client.get(page("sequence", version.sequence_id)).content.decode()
    assert client.get(page("sequence_edit", version.sequence_id)).status_code == 403
    assert client.get(page("sequence_new")).status_code == 403
    assert client.post(page("sequence_offer", version.sequence_id)).status_code == 403
    assert client.post(page("sequence_use_newest", version.sequence_id)).status_code == 403


def test_retiring_is_recorded_and_can_be_taken_back(client_of: Any, sam: User) -> None:
    version, client = make_version(), client_of(sam)

    client.post(page("sequence_offer", version.sequence_id), {"active": "0"})
    assert not Sequence.objects.get(pk=version.sequence_id).active
    client.post(page("sequence_offer", version.sequence_id), {"active": "1"})

    assert Sequence.objects.get(pk=version.sequence_id).active
    acts = AuditEntry.objects.filter(action__startswith="sequence.").values_list("action", "actor")
    assert {("sequence.retired", "sam"), ("sequence.offered", "sam")} <= set(acts)


@pytest.mark.parametrize("move", ["", "1"])
def test_the_newest_version_is_taken_by_new_people_and_by_others_only_on_purpose(
    client_of: Any, sam: User, move: str
) -> None:
    version = make_version()
    drip = make_drip(version)
    enroll(drip, [p.pk for p in make_people(2)], actor="sam")
    newest = versions.write_version(version.sequence, {"steps": AGAIN}, actor="sam")

    values = {"campaign": str(drip.pk), "move": move}
    client_of(sam).post(page("sequence_use_newest", version.sequence_id), values)

    drip.refresh_from_db()
    assert drip.sequence_version == newest
    on = drip.enrollments.filter(version=newest if move else version).count()
    assert on == 2
