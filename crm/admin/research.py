"""The field for what research found: to be read, changed line by line, or typed as JSON."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from crm import research

TEMPLATE = "admin/crm/contact/research.html"
FINDINGS = {"ai_research_data": "findings"}  # the field, and what tells it to who only reads


class TellsFindings:
    """Who only reads is shown the findings, and never the JSON they are kept as."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return found
        return [(title, {**how, "fields": _read_only(how["fields"])}) for title, how in found]

    @admin.display(description="research")
    def findings(self, row: Any) -> SafeString:
        """The findings as they are read."""
        return render_to_string(TEMPLATE, {"lines": research.lines_of(row.ai_research_data)})


def _read_only(fields: Any) -> Any:
    return [FINDINGS.get(one, one) if isinstance(one, str) else one for one in fields]


class ResearchWidget(forms.Textarea):
    """Lines with a form behind one button and the JSON behind another.

    What was typed as JSON holds; else the lines of the form are put in their places. Without the
    form's own fields (a script posts JSON alone) the JSON is all there is.
    """

    class Media:
        css = {"all": ("outreach/attache.css", "crm/research.css")}

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The findings, and the two ways to change them."""
        text = value if isinstance(value, str) else json.dumps(value or {})
        found, is_sound = _parsed(text)
        lines = research.lines_of(found)
        few = len(lines) <= research.MOST_LINES
        return render_to_string(TEMPLATE, {
            "name": name, "json": _pretty(found) if is_sound else text, "is_sound": is_sound,
            "was": json.dumps(found), "may": True, "lines": lines if is_sound else [],
            "rows": [(json.dumps(line.path), line) for line in lines] if few else [],
            "id": (attrs or {}).get("id", f"id_{name}"),
        })  # fmt: skip

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The JSON that the form's fields amount to."""
        typed, was = data.get(name), data.get(f"{name}-was")
        if typed is None or was is None:
            return typed
        (before, was_sound), (now, now_sound) = _parsed(was), _parsed(typed)
        if not (was_sound and now_sound) or now != before or not isinstance(before, dict):
            return typed
        try:
            told = research.changed(before, _texts(data, name))
        except (LookupError, ValueError, TypeError):  # lines that this page did not write
            return typed
        more, words = (data.get(f"{name}-new-{one}", "").strip() for one in ("name", "value"))
        return json.dumps(research.added(told, more, words) if more and words else told)


def _texts(data: Any, name: str) -> list[tuple[research.Path, str]]:
    paths, values = data.getlist(f"{name}-path"), data.getlist(f"{name}-value")
    told = (value.replace("\r\n", "\n") for value in values)
    return [(tuple(json.loads(path)), text) for path, text in zip(paths, told, strict=True)]


def _parsed(text: str) -> tuple[Any, bool]:
    try:
        return (json.loads(text) if text.strip() else {}), True
    except ValueError:
        return {}, False


def _pretty(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
