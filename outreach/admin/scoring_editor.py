"""The editor of scoring models: signs and tiers in a form, or the same as JSON; tried and saved."""

import json
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from compliance.typed import number_of
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel, ScoringVersion
from crm.scoring import form
from crm.scoring.definition import PARTS, DefinitionError, as_data, parse
from crm.scoring.diff import MOST_ON_A_PAGE, compare
from crm.scoring.features import Kind, features_of
from crm.scoring.portion import engine_for
from crm.scoring.versions import SwitchedMeanwhileError, newest, write_version
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.scores import EDIT, PART_NAMES, SWITCH, VIEW, find, last_run

EDITOR = "admin/outreach/scores/editor.html"
TRIED = (100, 1000, MOST_ON_A_PAGE)
MOST_CHARACTERS = 200_000
FITS = {"range": (Kind.NUMBER,), "is_true": (Kind.BOOLEAN,), "known": tuple(Kind)}
OF_WORDS = (Kind.TEXT, Kind.LIST)


@require_safe
def model_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One model: its versions, and the newest to be edited into the next; `?as=json` as text."""
    doors.require(request, VIEW)
    model = find(slug)
    last = _newest(model)
    draft = form.draft_of(last.definition) if last else form.empty()
    text = _written(last.definition if last else {}) if request.GET.get("as") == "json" else None
    return _page(request, model, draft, text=text)


@doors.posts
def edit_fields(request: HttpRequest, slug: str) -> HttpResponse:
    """The form after a button of it (`op`), or turned into JSON and back; stores nothing."""
    doors.require(request, VIEW)
    model, op = find(slug), request.POST.get("op", "")
    if op != "form":
        draft = form.change(form.read_fields(request.POST), op)
        text = _written(form.data_of(draft)) if op == "json" else None
        return doors.fragment(request, EDITOR, **_shown(request, model, draft, text=text))
    text = request.POST.get("definition", "")
    try:
        draft = form.draft_of(as_data(parse(_read(request), subject=Scored(model.subject))))
        context = _shown(request, model, draft)
    except DefinitionError as error:
        context = _shown(request, model, form.empty(), text=text, error=error)
    return doors.fragment(request, EDITOR, **context)


@doors.posts
def try_definition(request: HttpRequest, slug: str) -> HttpResponse:
    """What the model as it stands in the editor would change among some rows; stores nothing."""
    doors.require(request, VIEW)
    model = find(slug)
    wanted = request.POST.get("rows", "")
    most = int(wanted) if wanted in map(str, TRIED) else TRIED[0]
    try:
        definition = parse(_read(request), subject=Scored(model.subject))
    except DefinitionError as error:
        return doors.fragment(request, "admin/outreach/scores/tried.html", problems=error.problems)
    report = compare(engine_for(Scored(model.subject), definition), most=most)
    return doors.fragment(
        request, "admin/outreach/scores/tried.html", report=report, subject=model.subject
    )


@doors.posts
def save_version(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what stands in the editor as the next version, not yet in force."""
    person, model = doors.require(request, EDIT), find(slug)
    try:
        version = write_version(
            model, _read(request), actor=name_of(person),
            note=request.POST.get("note", "").strip(),
            based_on=number_of(request.POST.get("based_on", ""), None),
        )  # fmt: skip
    except (DefinitionError, SwitchedMeanwhileError) as error:
        draft, text = form.empty(), request.POST.get("definition")
        if text is None:
            draft = form.read_fields(request.POST)
        return _page(request, model, draft, text=text, error=error)
    if version.pk == model.current_id:
        notices.info(request, "Nothing was changed: this version is in force.")
        return redirect("admin:outreach_scoring_model", slug=slug)
    return redirect("admin:outreach_scoring_compare", slug=slug, number=version.number)


def _page(
    request: HttpRequest, model: ScoringModel, draft: form.Draft, **given: Any
) -> HttpResponse:
    context = _shown(request, model, draft, **given)
    return doors.page(
        request, "admin/outreach/scores/model.html", model.name, **context,
        versions=ScoringVersion.objects.filter(model=model)[:30], run=last_run(model),
        may_switch=request.user.has_perm(SWITCH),  # type: ignore[union-attr]
    )  # fmt: skip


def _shown(
    request: HttpRequest,
    model: ScoringModel,
    draft: form.Draft,
    *,
    text: str | None = None,
    error: CrmError | None = None,
) -> dict[str, Any]:
    """The editor's context: the draft with problems beside its rows, or the text as JSON."""
    problems = error.problems if isinstance(error, DefinitionError) else []
    if error is not None and not problems:
        problems = [str(error)]
    elif isinstance(error, DefinitionError) and text is None:
        problems = form.lay_beside(draft, error.found)
    fields = features_of(Scored(model.subject))
    for group in draft["groups"]:
        for sign in group["signals"]:
            kinds = FITS.get(sign["asks"], OF_WORDS)
            sign["offered"] = [
                one for one in fields if one.kind in kinds or one.name in sign["fields"]
            ]
    return {
        "model": model, "last": _newest(model), "draft": draft, "text": text,
        "problems": problems, "failed": error is not None, "tried": TRIED, "fields": fields,
        "asks": form.ASKS.items(), "parts": [(name, PART_NAMES[name]) for name in PARTS],
        "note": request.POST.get("note", ""),
        "may_edit": request.user.has_perm(EDIT),  # type: ignore[union-attr]
    }  # fmt: skip


def _newest(model: ScoringModel) -> ScoringVersion | None:
    try:
        return newest(model)
    except CrmError:
        return None


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


def _read(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("definition")
    if text is None:
        return form.data_of(form.read_fields(request.POST))
    if len(text) > MOST_CHARACTERS:
        raise DefinitionError([f"The text is longer than {MOST_CHARACTERS:,} characters."])
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise DefinitionError([f"This is no JSON{where}: {error}."]) from None
    if not isinstance(data, dict):
        raise DefinitionError(["Write one JSON object: {…}."])
    return data
