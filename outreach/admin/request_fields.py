"""The fields of a stored request, to be corrected or completed by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from crm.categories.schema import FieldSpec, FieldType
from crm.models import Request
from outreach.actors import name_of
from outreach.admin import doors
from outreach.briefs.correct import BadFieldsError, correct_request
from outreach.models import Campaign
from outreach.reading.field_values import as_typed

YES_NO = (("true", "Yes"), ("false", "No"))
HINTS = {
    FieldType.AIRPORT: "A code or a city",
    FieldType.DATE: "2027-03-15, or 2027-03 for a month",
    FieldType.TIME: "16:00",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the form; `was` is what it showed, by which a change is known."""

    name: str
    label: str
    value: str
    was: str
    question: str
    problem: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The form, and what it posts; what was typed stays where something does not fit."""
    person = doors.require(request, doors.EDIT_REQUEST)
    row = get_object_or_404(Request.objects.select_related("category"), pk=request_id)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            row = correct_request(
                row.pk,
                _changed(request),
                actor=name_of(person),
                settled=request.POST.getlist("settled"),
            )
        except BadFieldsError as error:
            problems = error.problems
        else:
            return _saved(request, row)
    lines = _lines(request, row, problems)
    shown = {line.name for line in lines}
    # Such as fields of the category it was before somebody read it again as another.
    elsewhere = [words for name, words in problems.items() if name not in shown]
    return doors.page(
        request, "admin/outreach/request_fields.html", str(row), row=row, lines=lines,
        problems=problems, elsewhere=elsewhere,
    )  # fmt: skip


def _changed(request: HttpRequest) -> dict[str, str]:
    """Only what this person changed: another's change of another field stands."""
    names = [name.removeprefix("was-") for name in request.POST if name.startswith("was-")]
    return {
        name: request.POST.get(f"is-{name}", "")
        for name in names
        if request.POST.get(f"is-{name}", "").strip() != request.POST[f"was-{name}"]
    }


def _saved(request: HttpRequest, row: Request) -> HttpResponse:
    asks = len(row.missing) + len(row.problems)
    notices.success(request, f"Saved: {row}. {f'Still to ask: {asks}.' if asks else ''}".strip())
    if Campaign.objects.filter(request=row).exists():
        notices.warning(request, "Drafts made from it before keep their words: look at them.")
    return redirect("admin:crm_request_change", row.pk)


def _lines(request: HttpRequest, row: Request, problems: Mapping[str, str]) -> list[Line]:
    if row.category is None:
        return []
    questions = {one["field"]: one["question"] for one in row.missing}
    found = []
    for spec in row.category.schema.used_in("brief"):
        was = request.POST.get(f"was-{spec.name}", as_typed(row.constraints.get(spec.name)))
        found.append(
            Line(
                spec.name, spec.label, request.POST.get(f"is-{spec.name}", was), was,
                questions.get(spec.name, ""), problems.get(spec.name, ""), _hint(spec, row),
                _choices(spec, was),
            )
        )  # fmt: skip
    return found


def _hint(spec: FieldSpec, row: Request) -> str:
    if spec.type == FieldType.MONEY:
        return row.currency
    return spec.unit or HINTS.get(spec.type, "")


def _choices(spec: FieldSpec, was: str) -> tuple[tuple[str, str], ...]:
    """What a list offers; a value that is none of it is kept, or saving would empty the field."""
    if spec.type == FieldType.BOOLEAN:
        return YES_NO
    if spec.type != FieldType.CHOICE or not spec.choices:
        return ()
    return tuple((one, one) for one in dict.fromkeys([*spec.choices, was]) if one)
