"""The editor of sequences: steps, variants and conditions in a form; saving adds a version."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from compliance.typed import key_of, number_of
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.sequence import ICONS, PAGE
from outreach.choices import Channel, Voice
from outreach.errors import EditConflict
from outreach.models import Sequence, SequenceVersion
from outreach.sequences import versions
from outreach.sequences.changes import changes
from outreach.sequences.definition import REPLY_STOPS, WEEKDAYS, DefinitionError, parse
from outreach.sequences.form import Draft, change, data_of, draft_of, new_step, read_fields
from outreach.sequences.steps import Needs
from outreach.sequences.timeline import Timeline, draw
from outreach.sequences.wording import FACTS, FIELDS

FORM = "admin/outreach/sequence/form.html"
EDITOR = "admin/outreach/sequence/editor.html"
NEEDS = {
    Needs.NOTHING: "always (a reply ends it anyway)",
    Needs.OPENED: "only if it was opened:",
    Needs.NOT_OPENED: "only if it was not opened:",
    Needs.SENT: "only if it went out:",
    Needs.NOT_SENT: "only if it did not go out:",
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, sequence_id: UUID) -> HttpResponse:
    """GET opens the newest version; POST saves a new one, or with `op` changes the form's steps."""
    person = doors.require(request, doors.EDIT_SEQUENCES)
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    newest = SequenceVersion.objects.filter(sequence=sequence).order_by("-number").first()
    draft = draft_of(newest.definition) if newest else _empty()
    context: dict[str, Any] = {"sequence": sequence, "base": newest.number if newest else 0}
    if request.method != "POST":
        return _page(request, draft, **context)
    draft, context["base"] = read_fields(request.POST), number_of(request.POST.get("base", ""), 0)
    if request.POST.get("op"):
        return _fields(request, change(draft, request.POST["op"]), **context)
    context["note"] = request.POST.get("note", "")[:200]
    try:
        version = versions.write_version(
            sequence, data_of(draft), actor=name_of(person), note=context["note"],
            based_on=context["base"] or None,
        )  # fmt: skip
    except DefinitionError as error:
        return _page(request, draft, problems=error.problems, **context)
    except EditConflict as conflict:
        theirs = _changed_by_them(sequence, context["base"], conflict)
        context["base"] = conflict.version
        return _page(request, draft, conflict=str(conflict), theirs=theirs, **context)
    messages.success(request, _saved(version, context["base"]))
    return redirect(PAGE, sequence.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """GET begins an empty sequence, or a copy of `?copy=`; POST creates it."""
    person = doors.require(request, doors.ADD_SEQUENCE)
    context: dict[str, Any] = {"new": True}
    if request.method != "POST":
        copied = _copied(request.GET.get("copy", ""))
        if copied is None:
            return _page(request, _empty(), **context)
        sequence = copied.sequence
        context |= {"name": f"{sequence.name} (copy)", "voice": sequence.voice,
                    "description": sequence.description}  # fmt: skip
        return _page(request, draft_of(copied.definition), **context)
    draft = read_fields(request.POST)
    context |= {key: request.POST.get(key, "").strip() for key in ("name", "voice", "description")}
    if request.POST.get("op"):
        return _fields(request, change(draft, request.POST["op"]), **context)
    if not context["name"]:
        return _page(request, draft, problems=["Give the sequence a name."], **context)
    try:
        made = versions.create_sequence(
            context["name"], data_of(draft), actor=name_of(person),
            description=context["description"][:2000],
            voice=context["voice"] if context["voice"] in Voice.values else "",
        )  # fmt: skip
    except DefinitionError as error:
        return _page(request, draft, problems=error.problems, **context)
    messages.success(request, f"“{made}” is ready: start a campaign with it.")
    return redirect(PAGE, made.pk)


def _empty() -> Draft:
    first = {**new_step(), "days": "0", "at": "09:00"}
    return {"reply_stops": "person", "needs_facts": [], "steps": [first]}


def _copied(key: str) -> SequenceVersion | None:
    rows = SequenceVersion.objects.filter(sequence=key_of(key)).select_related("sequence")
    return rows.order_by("-number").first()


def _saved(version: SequenceVersion, base: int) -> str:
    if version.number == base:
        return f"Nothing was changed: version {base} stays the newest."
    return (
        f"Version {version.number} is written. Whoever is under way stays on theirs; below you "
        "choose which campaigns go on with it."
    )


def _changed_by_them(sequence: Sequence, base: int, conflict: EditConflict) -> list[str]:
    mine = SequenceVersion.objects.filter(sequence=sequence, number=base).first()
    if mine is None:
        return []
    return changes(versions.definition_of(mine), parse(conflict.theirs, try_words=False))


def _page(request: HttpRequest, draft: Draft, **context: Any) -> HttpResponse:
    sequence = context.get("sequence")
    title = f"Edit {sequence}" if sequence else "New sequence"
    return doors.page(request, EDITOR, title, **_shown(draft, **context))


def _fields(request: HttpRequest, draft: Draft, **context: Any) -> HttpResponse:
    return doors.fragment(request, FORM, **_shown(draft, **context))


def _shown(draft: Draft, **context: Any) -> dict[str, Any]:
    problems = context.pop("problems", [])
    by_step, general = _sorted_out(problems, len(draft["steps"]))
    for step, own in zip(draft["steps"], by_step, strict=True):
        step["problems"] = own
    return {
        "draft": draft, "problems": problems, "general": general, "axis": _axis(draft),
        "wrong_steps": [n for n, own in enumerate(by_step, start=1) if own],
        "channels": Channel.choices, "icons": ICONS, "needs": NEEDS.items(),
        "weekdays": [(day, day.title()) for day in WEEKDAYS], "voices": Voice.choices,
        "reply_stops": REPLY_STOPS,
        "facts": [(name, name.replace("_", " "), words) for name, words in FACTS.items()],
        "fields": {**FIELDS, **FACTS}.items(), **context,
    }  # fmt: skip


def _sorted_out(problems: list[str], steps: int) -> tuple[list[list[str]], list[str]]:
    """What is wrong with each step, and what with the whole."""
    by_step: list[list[str]] = [[] for _ in range(steps)]
    general = []
    for problem in problems:
        found = re.match(r"Step (\d+)[:,] (.*)", problem, re.DOTALL)
        number = int(found[1]) if found and len(found[1]) < 4 else 0
        if found and 0 < number <= steps:
            by_step[number - 1].append(found[2][:1].upper() + found[2][1:])
        else:
            general.append(problem)
    return by_step, general


def _axis(draft: Draft) -> Timeline | None:
    """The axis as far as the form can be read; no words are tried."""
    try:
        return draw(parse(data_of(draft), try_words=False).steps)
    except DefinitionError:
        return None
