"""The judge can find fault: with one rule of the desk broken, the month tells on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from compliance.rules import calling_window, consented, do_not_call
from compliance.rules.calling_window import WindowAnswer
from compliance.unsubscribe import views as unsubscribe
from outreach import pause
from outreach.channels.sms import SmsConnection
from outreach.models import Message
from outreach.sending import dispatch as room
from outreach.sending import sender
from outreach.sequences import advance
from tests.simulation import happenings, staff
from tests.simulation import world as town
from tests.simulation.oracle import Judge
from tests.simulation.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
Patch = pytest.MonkeyPatch
SPRING, AUTUMN = 1, 2  # the 14th of February 2027 and the 1st of November 2027


def no_reasons(*_args: Any, **_options: Any) -> list[str]:
    return []


def any_hour(patch: Patch) -> None:
    def judge(at: datetime, *_rest: object) -> WindowAnswer:
        return WindowAnswer(True, (), None, at + timedelta(hours=1))

    patch.setattr(calling_window, "judge", judge)


def no_holidays(patch: Patch) -> None:
    patch.setattr(calling_window, "barred_by", lambda *_args: "")


def no_daily_limit(patch: Patch) -> None:
    patch.setattr(room.touches, "take", lambda *_args: {})
    patch.setattr("compliance.timing.frequency.waits", no_reasons)
    patch.setattr(town, "TWICE", 0.5)


def no_consent_needed(patch: Patch) -> None:
    patch.setattr(consented, "refusals", no_reasons)


def deaf_to_calls(patch: Patch) -> None:
    patch.setattr(do_not_call, "refusals", no_reasons)
    patch.setattr(town, "SHARES", {"By hand": 1.0})
    patch.setitem(staff.HABITS, "told_not_to_call", 150)


def deaf_to_the_button(patch: Patch) -> None:
    patch.setattr(unsubscribe, "opt_out", lambda *_args, **_options: None)
    patch.setattr(happenings, "TEMPERS", {"email": {"link": 500}, "sms": {}})


def pauses_nothing(patch: Patch) -> None:
    patch.setattr(pause, "pause_everything", lambda **_options: True)
    patch.setitem(staff.HABITS, "hold_everything", 20)


def other_words(patch: Patch) -> None:
    prepare = SmsConnection.prepare

    def changed(self: SmsConnection, message: Message, now: datetime) -> Any:
        return replace(prepare(self, message, now), body="Sell now! Reply STOP to opt out.")

    patch.setattr(SmsConnection, "prepare", changed)


def sends_again_what_may_have_left(patch: Patch) -> None:
    def put_back(now: datetime) -> None:
        Message.objects.filter(status="sending", lease_until__lt=now).update(
            status="approved", hand_over_at=None, claimed_by="", lease_until=None
        )

    patch.setattr(town, "recover_expired", put_back)
    patch.setattr(town, "CRASHES", [(sender, "record_sent", False)])
    patch.setattr(town, "MORTALITY", 0.5)


def forgets_the_last_step(patch: Patch) -> None:
    real = advance.next_touch

    def shorter(steps: Any, *rest: Any) -> Any:
        return real(steps[:-1], *rest)

    patch.setattr(advance, "next_touch", shorter)


def loses_some(patch: Patch) -> None:
    real = room._gate

    def lossy(batch: Any, tick: Any) -> list[Message]:
        return [message for message in real(batch, tick) if message.pk.int % 4]

    patch.setattr(room, "_gate", lossy)


BROKEN: dict[Callable[[Patch], None], tuple[int, int, str]] = {
    # what is broken: in which world, for how many days, and what the judge must say of it
    any_hour: (AUTUMN, 6, "outside the hours"),
    no_holidays: (SPRING, 6, "Presidents in America"),
    no_daily_limit: (AUTUMN, 6, "a second one in 24 hours"),
    no_consent_needed: (AUTUMN, 6, "no written consent"),
    deaf_to_calls: (AUTUMN, 10, "not to call"),
    deaf_to_the_button: (AUTUMN, 6, "they asked for silence"),
    pauses_nothing: (AUTUMN, 6, "everything held from"),
    other_words: (AUTUMN, 6, "not the words that were approved"),
    sends_again_what_may_have_left: (AUTUMN, 6, "sent twice"),
    forgets_the_last_step: (SPRING, 10, "was never made"),
    loses_some: (SPRING, 6, "lost: "),
}


@pytest.fixture(autouse=True)
def _hours_are_worked_out_anew() -> Any:
    """The product remembers hours it has worked out; those of a broken rule must not stay."""
    calling_window._common.cache_clear()
    calling_window._local_span.cache_clear()
    yield
    calling_window._common.cache_clear()
    calling_window._local_span.cache_clear()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_a_broken_rule_is_found_out(
    broken: Callable[[Patch], None], make_world: Callable[..., World], monkeypatch: Patch
) -> None:
    seed, days, words = BROKEN[broken]
    broken(monkeypatch)
    monkeypatch.setattr(town, "MOST_DAYS", days)
    faults = live(make_world(seed, size=40, days=7, pace=6))
    assert any(words in fault for fault in faults), "\n".join(["nothing of that kind:", *faults])


def test_the_same_days_with_every_rule_in_place_show_nothing_of_the_kind(
    make_world: Callable[..., World], monkeypatch: Patch
) -> None:
    monkeypatch.setattr(town, "MOST_DAYS", 10)
    faults = live(make_world(AUTUMN, size=40, days=7, pace=6))
    kinds = {words for _seed, _days, words in BROKEN.values()}
    assert [fault for fault in faults if any(words in fault for words in kinds)] == []


def live(world: World) -> list[str]:
    assert timezone.now() - world.clock.now() < timedelta(seconds=1)
    world.settle()
    world.run()
    return Judge(world.log, world.residents, world.by_contact).judge()
