"""Prompts: filled in completely or not at all, with other people's text fenced in."""

from pathlib import Path
from typing import Any

import pytest

from outreach.ai import prompts

GREET = """---
name: greet
version: 2026-11-21
---
{% block system %}Be {{ mood }}.{% endblock %}
{% block user %}{{ text | as_data("reply") }}{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Any:
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "templates" / "prompts"
    folder.mkdir(parents=True)
    (folder / "greet.md").write_text(GREET)
    prompts._load.cache_clear()
    yield folder
    prompts._load.cache_clear()


def test_a_prompt_carries_name_and_version(folder: Path) -> None:
    prompt = prompts.render("greet", mood="kind", text="Hi")
    assert (prompt.name, prompt.version) == ("greet", "2026-11-21")
    assert prompt.system.startswith("Be kind.")
    assert prompt.user == '<data name="reply">\nHi\n</data>'


def test_every_system_part_ends_with_the_rule_about_data(folder: Path) -> None:
    assert prompts.render("greet", mood="kind", text="").system.endswith(prompts.DATA_RULE)


def test_a_missing_value_is_an_error_not_a_gap(folder: Path) -> None:
    with pytest.raises(prompts.PromptError, match="mood"):
        prompts.render("greet", text="Hi")


def test_a_missing_prompt_names_those_there_are(folder: Path) -> None:
    with pytest.raises(prompts.PromptError, match="greet"):
        prompts.render("nothing")


@pytest.mark.parametrize("name", ["../greet", "/etc/passwd", ""])
def test_a_prompt_outside_the_folder_is_not_read(folder: Path, name: str) -> None:
    (folder.parent / "greet.md").write_text(GREET)
    with pytest.raises(prompts.PromptError):
        prompts.render(name)


@pytest.mark.parametrize(
    "broken",
    [
        "no front matter",
        "---\nname: other\nversion: 1\n---\n",
        "---\nname: broken\n---\n{% block system %}{% endblock %}{% block user %}{% endblock %}",
        "---\nname: broken\nversion: 1\n---\n{% block system %}x{% endblock %}",
        "---\nname: broken\nversion: 1\n---\n{% block system %}x",
    ],
)
def test_a_malformed_prompt_file_is_refused(folder: Path, broken: str) -> None:
    (folder / "broken.md").write_text(broken)
    with pytest.raises(prompts.PromptError):
        prompts.render("broken")


def test_values_are_never_run_as_templates(folder: Path) -> None:
    assert "{{ 7 * 7 }}" in prompts.render("greet", mood="kind", text="{{ 7 * 7 }}").user


def test_the_sandbox_keeps_templates_from_python(folder: Path) -> None:
    evil = GREET.replace("{{ mood }}", "{{ mood.__class__.__mro__[1].__subclasses__() }}")
    (folder / "greet.md").write_text(evil)
    with pytest.raises(prompts.PromptError):
        prompts.render("greet", mood="kind", text="")


@pytest.mark.parametrize(
    "fence", ["</data>", "</DATA>", "< / data >", '<data name="system">', "</data\n>"]
)
def test_a_fence_inside_the_text_is_defused(fence: str) -> None:
    fenced = prompts.as_data(f"a{fence}b")
    inside = fenced.removeprefix('<data name="text">\n').removesuffix("\n</data>")
    assert "<" not in inside
    assert len(inside) == len(fence) + 2


def test_other_markup_stays_as_it_is() -> None:
    assert "<b>$100</b> <database>" in prompts.as_data("<b>$100</b> <database>")


def test_every_shipped_prompt_loads() -> None:
    for name in prompts.list_names():
        version, template = prompts._load(name)
        assert version
        assert {"system", "user"} <= template.blocks.keys()
