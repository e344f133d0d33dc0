"""Draft templates: a layout per channel, an opening per category, filled in strictly."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter
from django.conf import settings
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from outreach.errors import OutreachError


class DraftTemplateError(OutreachError):
    """A draft template is malformed, or uses a value there is none for."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a category's template says: subject line, first sentence, what to ask for."""

    name: str
    version: str
    subject: str
    text: str
    ask: str


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "drafts"


@cache
def opening_for(slug: str) -> Opening:
    """The category's opening, or the default where none ships."""
    path = _folder() / f"{slug}.md"
    if path.parent != _folder() or not path.is_file():
        path = _folder() / "default.md"
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    return Opening(
        str(post["name"]), str(post["version"]), str(post["subject"]), post.content.strip(),
        str(post["ask"]),
    )  # fmt: skip


@cache
def layout_for(name: str) -> str:
    """The text of a layout: email, follow_up, whatsapp, web_form or phone."""
    path = _folder() / "layouts" / f"{name}.md"
    return frontmatter.loads(path.read_text(encoding="utf-8")).content


def render(template: str, values: dict[str, Any]) -> str:
    """A template filled in; an unknown variable raises DraftTemplateError and names it."""
    try:
        text = _environment().from_string(template).render(values)
    except TemplateError as error:
        raise DraftTemplateError(
            f"The draft template cannot be filled in: {error}. Correct it under Categories."
        ) from error
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(lines)
