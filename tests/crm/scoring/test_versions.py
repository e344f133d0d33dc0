"""Versions are written, compared, switched on by one person at a time, and scored by."""

import threading

import pytest
from django.db import connection

from compliance.models import AuditEntry
from crm.models import Lead, ScoringModel, ScoringRun
from crm.models.scoring import RunState
from crm.scoring import runs, sweep
from crm.scoring.definition import PARTS, DefinitionError
from crm.scoring.diff import compare
from crm.scoring.portion import engine_of
from crm.scoring.versions import (
    SwitchedMeanwhileError,
    delete_model,
    find_model,
    newest,
    switch_on,
    write_version,
)
from tests.crm.scoring.small import group, make_leads, model, signal


def strict() -> dict[str, object]:
    """A model by which an owner alone is not enough."""
    return model(group("role", "fit", 100, signal("owner", 40)))


@pytest.mark.django_db
def test_a_version_is_not_in_force_before_it_is_switched_on() -> None:
    leads = find_model("leads")
    written = write_version(leads, strict(), actor="sam", note="stricter", based_on=1)
    assert (written.number, find_model("leads").current, newest(leads)) == (
        2, leads.current, written,
    )  # fmt: skip
    assert write_version(leads, strict(), actor="sam", based_on=2) == written
    with pytest.raises(ValueError, match="never changes"):
        written.save()


@pytest.mark.django_db
def test_two_editors_do_not_overwrite_each_other() -> None:
    leads = find_model("leads")
    write_version(leads, strict(), actor="sam", based_on=1)
    with pytest.raises(SwitchedMeanwhileError, match="sam wrote version 2 while you were editing"):
        write_version(leads, model(), actor="ann", based_on=1)


@pytest.mark.django_db
def test_a_version_that_cannot_work_is_not_written() -> None:
    parts = {name: {"weight": 0, "max": 1} for name in PARTS}
    with pytest.raises(DefinitionError, match="weights are zero"):
        write_version(find_model("leads"), model(parts=parts), actor="sam")
    assert newest(find_model("leads")).number == 1


@pytest.mark.django_db
def test_a_diff_tells_who_moves_and_stores_nothing() -> None:
    make_leads(3)
    make_leads(1, reason="")
    sweep.tend()
    before = list(Lead.objects.values_list("pk", "score", "tier"))
    version = write_version(find_model("leads"), strict(), actor="sam")
    report = compare(engine_of(version))
    assert (report.looked_at, report.changed) == (4, 4)
    assert report.moves == {("A", "B+"): 3, ("B", "B+"): 1}
    assert report.matrix == [("A", [0, 0, 3]), ("B", [0, 0, 1]), ("B+", [0, 0, 0])]
    assert report.movers[0].by < 0
    assert list(Lead.objects.values_list("pk", "score", "tier")) == before


@pytest.mark.django_db
def test_a_diff_of_some_looks_at_some() -> None:
    make_leads(4)
    report = compare(engine_of(newest(find_model("leads"))), most=3, movers=2)
    assert (report.looked_at, report.total, len(report.movers)) == (3, 4, 2)


@pytest.mark.django_db
def test_switching_on_scores_everybody_in_the_background() -> None:
    make_leads(3)
    sweep.tend()
    version = write_version(find_model("leads"), strict(), actor="sam")
    run = switch_on(version, actor="sam", expected=1)
    assert set(Lead.objects.values_list("tier", flat=True)) == {"A"}
    sweep.tend()
    assert set(Lead.objects.values_list("tier", flat=True)) == {"B+"}
    run.refresh_from_db()
    assert (run.state, run.changed) == (RunState.DONE, 3)
    acts = AuditEntry.objects.filter(actor="sam").values_list("action", flat=True)
    assert {"scoring.version_written", "scoring.switched_on", "scoring.run_done"} <= set(acts)


@pytest.mark.django_db
def test_a_version_is_switched_on_against_the_one_it_was_compared_with() -> None:
    leads = find_model("leads")
    second = write_version(leads, strict(), actor="sam")
    third = write_version(leads, model(), actor="ann")
    switch_on(second, actor="sam", expected=1)
    with pytest.raises(SwitchedMeanwhileError, match="Version 2 is in force by now"):
        switch_on(third, actor="ann", expected=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_people_switching_at_once_one_is_told() -> None:
    leads = find_model("leads")
    versions = [
        write_version(leads, strict(), actor="sam"), write_version(leads, model(), actor="ann"),
    ]  # fmt: skip
    refused, start = [], threading.Barrier(2)

    def switch(version: object) -> None:
        start.wait()
        try:
            switch_on(version, actor="x", expected=1)  # type: ignore[arg-type]
        except SwitchedMeanwhileError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=switch, args=[version]) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert ScoringRun.objects.filter(model=leads, state=RunState.RUNNING).count() == 1


@pytest.mark.django_db
def test_a_deleted_model_leaves_what_leads_got() -> None:
    (lead,) = make_leads(1)
    sweep.tend()
    run = runs.begin(find_model("leads"), actor="sam")
    delete_model(find_model("leads"), actor="sam")
    assert runs.work(run) is False
    lead.refresh_from_db()
    assert lead.tier == "A"
    assert not ScoringModel.objects.filter(slug="leads").exists()
    assert sweep.tend() is False
