"""The shipped sequences arrive by themselves and leave alone what staff wrote."""

import pytest

from outreach.models import Sequence, SequenceVersion
from outreach.sequences import wording
from outreach.sequences.catalogue import Shipped, load_catalogue
from outreach.sequences.definition import parse
from outreach.sequences.install import BY, install_sequences
from tests.outreach.sequences.build import TWO_MAILS

NAMES = [
    "direct_cta", "five_step", "home_owner", "referral_network", "seven_step", "soft_nudge",
    "stealth_founder", "thought_leadership", "three_step",
]  # fmt: skip


@pytest.mark.django_db
def test_a_migrated_database_has_every_shipped_sequence() -> None:
    assert list(Sequence.objects.order_by("slug").values_list("slug", flat=True)) == NAMES
    for version in SequenceVersion.objects.all():
        assert parse(version.definition).steps


@pytest.mark.django_db
def test_installing_again_changes_nothing() -> None:
    assert install_sequences() == (0, 0)


@pytest.mark.django_db
def test_an_upgrade_adds_a_version_and_keeps_the_old_one() -> None:
    sequence = Sequence.objects.get(slug="three_step")
    SequenceVersion.objects.filter(sequence=sequence).update(definition={"steps": TWO_MAILS})
    assert install_sequences() == (0, 1)
    assert list(sequence.versions.values_list("number", flat=True)) == [2, 1]


@pytest.mark.django_db
def test_a_sequence_a_person_rewrote_is_left_alone() -> None:
    sequence = Sequence.objects.get(slug="three_step")
    SequenceVersion.objects.create(
        sequence=sequence, number=2, definition={"steps": TWO_MAILS}, created_by="sam"
    )
    assert install_sequences() == (0, 0)


@pytest.mark.django_db
def test_a_version_never_changes() -> None:
    version = SequenceVersion.objects.filter(created_by=BY)[0]
    version.note = "Only a word"
    with pytest.raises(ValueError, match="never changes"):
        version.save()


def test_the_steps_are_as_many_as_the_names_say() -> None:
    catalogue = load_catalogue()
    lengths = {slug: len(catalogue[slug].definition.steps) for slug in NAMES}
    assert (lengths["three_step"], lengths["five_step"], lengths["seven_step"]) == (3, 5, 7)


def test_the_home_owner_drip_takes_two_to_three_weeks_by_mail_and_text() -> None:
    drip = load_catalogue()["home_owner"].definition
    assert 3 <= len(drip.steps) <= 5
    assert 14 <= drip.days <= 21
    assert drip.channels == {"email", "sms"}


@pytest.mark.parametrize("slug", ["referral_network", "thought_leadership", "stealth_founder"])
def test_every_segment_voice_connects_writes_and_follows_up(slug: str) -> None:
    shipped = load_catalogue()[slug]
    first, second, *follow_ups = shipped.definition.steps
    assert shipped.voice == slug
    assert (first.name, second.name) == ("Connection request", "First direct message")
    assert first.channel == second.channel == "social"
    assert len(first.variants) > 1
    assert 2 <= len(follow_ups) <= 3


def texts(shipped: Shipped, step: int) -> list[str]:
    facts = dict.fromkeys(wording.FACTS, "something that is of middling length")
    values = {**wording.SAMPLE, **facts, "greeting": "Maximiliana", "sender_name": "Ella Whitfield"}
    found = shipped.definition.steps[step - 1]
    return [wording.fill(variant, values)[1] for variant in found.variants]


@pytest.mark.parametrize("slug", ["referral_network", "thought_leadership", "stealth_founder"])
def test_a_connection_request_fits_where_networks_allow_300_characters(slug: str) -> None:
    assert all(len(text) <= 300 for text in texts(load_catalogue()[slug], 1))


@pytest.mark.parametrize("step", [2, 4])
def test_a_text_message_fits_one_segment_and_says_how_to_stop(step: int) -> None:
    for text in texts(load_catalogue()["home_owner"], step):
        assert len(text) <= 160
        assert "Reply STOP to opt out" in text
        assert "http" not in text
