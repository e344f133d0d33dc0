"""A call sent twice acts once, and a failed one may be tried again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from outreach import api_keys, idempotency
from outreach.errors import NotAllowedNow
from outreach.models import ApiKey, StoredAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> ApiKey:
    owner = User.objects.create_user("olga")
    return api_keys.create(owner=owner, name="x", scopes=["requests:write"], actor="olga")[0]


def test_the_first_call_is_to_act(key: ApiKey) -> None:
    assert idempotency.begin(key, "t", "f").status == 0


def test_the_second_gets_the_firsts_answer(key: ApiKey) -> None:
    idempotency.finish(idempotency.begin(key, "t", "f"), 201, {"id": 7})
    stored = idempotency.begin(key, "t", "f")
    assert (stored.status, stored.body) == (201, {"id": 7})


def test_a_call_while_the_first_is_under_way_must_wait(key: ApiKey) -> None:
    idempotency.begin(key, "t", "f")
    with pytest.raises(NotAllowedNow):
        idempotency.begin(key, "t", "f")


def test_a_dead_first_call_is_taken_over(key: ApiKey) -> None:
    idempotency.begin(key, "t", "f")
    StoredAnswer.objects.update(begun_at=timezone.now() - timedelta(minutes=6))
    assert idempotency.begin(key, "t", "f").status == 0


def test_the_token_of_another_request_is_refused(key: ApiKey) -> None:
    idempotency.finish(idempotency.begin(key, "t", "f"), 201, {})
    with pytest.raises(idempotency.TokenReusedError):
        idempotency.begin(key, "t", "other")


def test_a_failed_call_may_be_tried_again(key: ApiKey) -> None:
    idempotency.abandon(idempotency.begin(key, "t", "f"))
    assert idempotency.begin(key, "t", "other").status == 0


def test_tokens_of_different_keys_do_not_meet(key: ApiKey) -> None:
    other = api_keys.create(owner=key.owner, name="y", scopes=["requests:write"], actor="o")[0]
    idempotency.begin(key, "t", "f")
    assert idempotency.begin(other, "t", "g").status == 0


def test_answers_are_forgotten_after_a_day(key: ApiKey) -> None:
    idempotency.finish(idempotency.begin(key, "t", "f"), 201, {})
    StoredAnswer.objects.update(begun_at=timezone.now() - timedelta(hours=25))
    assert idempotency.begin(key, "t", "f").status == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_calls_at_once_act_once(key: ApiKey) -> None:
    gate = Barrier(4)

    def call(_number: int) -> str:
        try:
            gate.wait()
            idempotency.begin(key, "t", "f")
            return "acts"
        except NotAllowedNow:
            return "waits"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(call, range(4)))
    assert outcomes == ["acts", "waits", "waits", "waits"]
