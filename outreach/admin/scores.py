"""Scores on a page: one row's reasons, the models, versions compared, and one switched on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from compliance.typed import number_of
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel, ScoringRun, ScoringVersion
from crm.models.scoring import RunState
from crm.scoring.definition import DefinitionError, parse
from crm.scoring.diff import MOST_ON_A_PAGE, compare
from crm.scoring.inspect import Inspected, look_at
from crm.scoring.portion import engine_of
from crm.scoring.versions import switch_on
from outreach.actors import name_of
from outreach.admin import doors
from outreach.tasks import kick_scores

VIEW, EDIT = "crm.view_scoringmodel", "crm.change_scoringmodel"
SWITCH = "crm.switch_scoringmodel"
SEES = {
    Scored.LEAD: "crm.view_lead", Scored.CONTACT: "crm.view_contact",
    Scored.COMPANY: "crm.view_company",
}  # fmt: skip
PART_NAMES = {
    "fit": "Fit", "referral_capacity": "Referral capacity", "signal_strength": "Signal strength",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A part in the bar: where it begins and how wide it is, of 100."""

    name: str
    label: str
    begins: float
    width: float
    points: float
    percent: float


@require_safe
def score_page(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """One row's score with its reasons; for htmx the piece that stands on the row's own page."""
    if kind not in Scored.values:
        raise Http404
    subject = Scored(kind)
    doors.require(request, SEES[subject])
    try:
        found, problem = look_at(subject, row_id), ""
    except CrmError as error:
        found, problem = None, str(error)
    context = {"found": found, "problem": problem, "subject": subject, **_drawn(found)}
    if request.htmx:  # type: ignore[attr-defined]
        return doors.fragment(request, "admin/outreach/scores/breakdown.html", **context)
    if found is None:
        raise Http404(problem)
    return doors.page(request, "admin/outreach/scores/score.html", found.name, **context)


@require_safe
def models_page(request: HttpRequest) -> HttpResponse:
    """The models, what is in force, and runs under way."""
    doors.require(request, VIEW)
    models = ScoringModel.objects.select_related("current")
    runs = {run.model_id: run for run in ScoringRun.objects.filter(state=RunState.RUNNING)}
    return doors.page(
        request, "admin/outreach/scores/models.html", "Scoring",
        models=[(model, runs.get(model.pk)) for model in models],
    )  # fmt: skip


@require_safe
def compare_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a version would change beside what is stored now, before it is switched on."""
    doors.require(request, VIEW)
    model = find(slug)
    version = get_object_or_404(ScoringVersion.objects.select_related("model"), model=model,
                                number=number)  # fmt: skip
    try:
        report, problem = compare(engine_of(version), most=MOST_ON_A_PAGE), ""
    except DefinitionError as error:
        report, problem = None, str(error)
    return doors.page(
        request, "admin/outreach/scores/compare.html", str(version), model=model,
        version=version, report=report, problem=problem, subject=model.subject,
        may_switch=request.user.has_perm(SWITCH),  # type: ignore[union-attr]
    )  # fmt: skip


@doors.posts
def switch_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a version in force; the worker scores everybody by it."""
    person, model = doors.require(request, SWITCH), find(slug)
    version = get_object_or_404(ScoringVersion, model=model, number=number)
    expected = number_of(request.POST.get("expected", ""), None)
    try:
        switch_on(version, actor=name_of(person), expected=expected)
    except CrmError as error:
        notices.error(request, str(error))
        return redirect("admin:outreach_scoring_compare", slug=slug, number=number)
    kick_scores()
    notices.success(request, f"{version} is in force. Everybody is being scored anew.")
    return redirect("admin:outreach_scoring_model", slug=slug)


@require_safe
def run_fragment(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the newest run is; asks for itself again while it runs."""
    doors.require(request, VIEW)
    model = find(slug)
    return doors.fragment(
        request, "admin/outreach/scores/run.html", model=model, run=last_run(model)
    )


def last_run(model: ScoringModel) -> ScoringRun | None:
    return ScoringRun.objects.filter(model=model).select_related("version").first()


def find(slug: str) -> ScoringModel:
    return get_object_or_404(ScoringModel.objects.select_related("current"), slug=slug)


def _drawn(found: Inspected | None) -> dict[str, Any]:
    """The bar: each part's share of the total, and the tiers' thresholds, of 100."""
    if found is None:
        return {}
    pieces, begins = [], 0.0
    for name, label in PART_NAMES.items():
        part = found.score.parts[name]
        width = max(0.0, part.share / found.scale * 100)
        pieces.append(Piece(name, label, begins, width, part.share, part.percent))
        begins += width
    tiers = parse(found.version.definition).tiers
    marks = [(tier.name, tier.at_least, tier.at_least / found.scale * 100) for tier in tiers]
    whole = round(sum(piece.points for piece in pieces), 4)
    return {"pieces": pieces, "pieces_total": whole, "marks": marks, "part_names": PART_NAMES}
