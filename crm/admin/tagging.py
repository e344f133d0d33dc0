"""Tags in lists and forms: found by one, typed as words, said of many rows at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.widgets import UnfoldAdminTextInputWidget

from crm.admin import pages
from crm.choices import Qualification
from crm.errors import CrmError
from crm.imports.figures import tags
from crm.marking import MOST_AT_ONCE, Marks, common_tags, mark
from crm.segments.asking import tagged

SHOWN = 12
LONGEST = 2000


class WordsField(forms.CharField):
    """A list of words as people write one: “vip, Miami, second home”."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return tags(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class TagFilter(admin.SimpleListFilter):
    """By a tag; offered are those given most, and the one that is chosen."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        wanted = request.GET.get(self.parameter_name, "")
        offered = [*common_tags(model_admin.model), *([wanted] if wanted else [])]
        return [(one, one) for one in dict.fromkeys(offered)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value() or ""
        return queryset.filter(tagged("tags", wanted)) if wanted else queryset


class TaggedMixin:
    """A column with the tags of a row."""

    @admin.display(description="tags")
    def tagged(self, row: Any) -> str:
        return ", ".join(map(str, row.tags)) or "—"


def mark_chosen(
    request: HttpRequest, rows: QuerySet[Any], *, may: bool, is_company: bool
) -> HttpResponse | None:
    """The action of a list: ask what is to be said of the rows, then say it."""
    if not may:
        raise PermissionDenied
    problem = ""
    if request.POST.get("confirmed") == "yes":
        try:
            _say(request, rows, _read(request.POST, is_company=is_company))
            return None
        except CrmError as refusal:
            problem = str(refusal)
    count = rows.order_by().count()
    if count > MOST_AT_ONCE:
        messages.error(request, f"Choose at most {MOST_AT_ONCE:,} at once.")
        return None
    name = rows.model._meta.verbose_name if count == 1 else rows.model._meta.verbose_name_plural
    across = request.POST.get("select_across") == "1"
    return pages.page(
        request, "admin/crm/marking.html", f"Tag or qualify {count:,} {name}",
        count=count, first=list(rows[:SHOWN]), is_company=is_company, problem=problem,
        keys=[] if across else request.POST.getlist("_selected_action"), across=across,
        statuses=Qualification.choices, offered=common_tags(rows.model), typed=request.POST,
    )  # fmt: skip


def set_active(request: HttpRequest, rows: QuerySet[Any], active: bool) -> None:
    """The actions that need no further word: take companies into use, or out of it."""
    try:
        _say(request, rows, Marks(active=active))
    except CrmError as refusal:
        messages.error(request, str(refusal))


def _read(typed: Any, *, is_company: bool) -> Marks:
    active = typed.get("active", "") if is_company else ""
    return Marks(
        add=tuple(tags(typed.get("add", "")[:LONGEST])),
        take_away=tuple(tags(typed.get("take_away", "")[:LONGEST])),
        status=typed.get("status", ""),
        active={"yes": True, "no": False}.get(active),
    )


def _say(request: HttpRequest, rows: QuerySet[Any], said: Marks) -> None:
    done = mark(rows, said, actor=request.user.get_username())
    if not done:
        messages.info(request, "Nothing changed: all of them had it so already.")
        return
    meta = rows.model._meta
    name = meta.verbose_name if done == 1 else meta.verbose_name_plural
    messages.success(request, f"{done:,} {name} changed.")
