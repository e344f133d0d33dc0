"""Everybody is scored anew, once, whoever dies in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.models import Lead, LeadScore, ScoringModel, ScoringRun
from crm.models.scoring import RunState
from crm.scoring import portion, runs
from tests.crm.scoring.small import make_leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads_model() -> ScoringModel:
    return ScoringModel.objects.get(slug="leads")


def test_leads_get_points_tier_and_reasons(leads_model: ScoringModel) -> None:
    (lead,) = make_leads(1)
    run = runs.begin(leads_model, actor="ella")
    assert runs.work(run) is False
    lead.refresh_from_db()
    held = LeadScore.objects.get(lead=lead)
    assert (lead.tier, lead.score) == ("A", held.points)
    assert held.version == leads_model.current
    assert ("foreclosure", "foreclosure") in {
        (line["signal"], line["words"]) for line in held.lines
    }
    run.refresh_from_db()
    assert (run.state, run.done, run.changed) == (RunState.DONE, 1, 1)


def test_scoring_writes_no_history_and_leaves_the_time_of_change(leads_model: ScoringModel) -> None:
    (lead,) = make_leads(1)
    runs.work(runs.begin(leads_model, actor="ella"))
    after = Lead.objects.get(pk=lead.pk)
    assert after.updated_at == lead.updated_at
    assert after.history.count() == 1


def test_a_list_s_score_is_kept_and_a_later_list_s_too(leads_model: ScoringModel) -> None:
    lead, tiered = make_leads(2, reason="")
    Lead.objects.filter(pk=lead.pk).update(score=45)
    Lead.objects.filter(pk=tiered.pk).update(tier="B+")
    for _ in range(2):
        runs.work(runs.begin(leads_model, actor="ella"))
        lead.refresh_from_db()
        tiered.refresh_from_db()
        assert (lead.score, lead.tier, tiered.tier) == (45, "A", "B+")
    Lead.objects.filter(pk=lead.pk).update(score=39)
    runs.work(runs.begin(leads_model, actor="ella"))
    lead.refresh_from_db()
    assert (lead.score, lead.tier) == (39, "B+")


def test_a_killed_run_goes_on_where_it_stood(
    leads_model: ScoringModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_leads(5)
    real, calls = portion.score_portion, []

    def dies_at_the_third(*args: Any, **values: Any) -> Any:
        calls.append(values.get("after"))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, size=2, **values)

    monkeypatch.setattr(runs, "score_portion", dies_at_the_third)
    run = runs.begin(leads_model, actor="ella")
    with pytest.raises(KeyboardInterrupt):
        runs.work(run)
    run.refresh_from_db()
    assert (run.done, run.state) == (4, RunState.RUNNING)
    assert runs.open_runs(timezone.now()) == []
    later = timezone.now() + runs.LEASE + timedelta(seconds=1)
    assert runs.open_runs(later) == [run]
    assert runs.work(run, clock=lambda: later) is False
    run.refresh_from_db()
    assert (run.done, run.state) == (5, RunState.DONE)
    assert LeadScore.objects.count() == 5
    assert calls[3] == calls[2]


def test_nobody_else_works_at_a_run_that_is_held(leads_model: ScoringModel) -> None:
    make_leads(1)
    run = runs.begin(leads_model, actor="ella")
    ScoringRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() + runs.LEASE)
    assert runs.work(run) is False
    assert not LeadScore.objects.exists()


def test_time_runs_out_and_the_rest_waits(
    leads_model: ScoringModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_leads(3)
    real = portion.score_portion
    monkeypatch.setattr(runs, "score_portion", lambda *a, **v: real(*a, size=1, **v))
    run = runs.begin(leads_model, actor="ella")
    assert runs.work(run, seconds=0) is True
    assert runs.open_runs(timezone.now()) == [run]
    assert LeadScore.objects.count() == 1


def test_a_new_run_replaces_the_one_under_way(leads_model: ScoringModel) -> None:
    make_leads(1)
    old = runs.begin(leads_model, actor="ella")
    runs.begin(leads_model, actor="sam")
    assert runs.work(old) is False
    old.refresh_from_db()
    assert old.state == RunState.REPLACED
    assert not LeadScore.objects.exists()


def test_a_model_deleted_while_running_ends_the_run(
    leads_model: ScoringModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_leads(3)
    real = portion.score_portion

    def delete_after(*args: Any, **values: Any) -> Any:
        done = real(*args, size=1, **values)
        ScoringModel.objects.filter(pk=leads_model.pk).delete()
        return done

    monkeypatch.setattr(runs, "score_portion", delete_after)
    run = runs.begin(leads_model, actor="ella")
    assert runs.work(run) is False


def test_without_a_version_in_force_it_says_so(leads_model: ScoringModel) -> None:
    ScoringModel.objects.filter(pk=leads_model.pk).update(current=None)
    with pytest.raises(runs.NoVersionError, match="switch one on first"):
        runs.begin(leads_model, actor="ella")
