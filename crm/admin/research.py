"""The field for what research found: to be read, changed line by line, or typed as JSON."""

import json
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from crm import research

TEMPLATE = "admin/crm/contact/research.html"


def read(found: Any) -> SafeString:
    """The findings as they are read, for who may not change them."""
    return render_to_string(TEMPLATE, {"lines": research.lines_of(found)})


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
