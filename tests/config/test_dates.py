"""Dates read the same everywhere: in the theme's lists, and on the pages we write ourselves."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.utils import display_for_value
from django.template import Context, Template

MOMENT = datetime(2026, 3, 5, 18, 4, tzinfo=UTC)  # 13:04 in New York
# What our pages may write: year and weekday where they are needed, always in this order.
FORMATS = re.compile(r"(D )?(j M)?( Y)?(, H:i)?( T)?|D|T|H:i T|c|Y-m-d")


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_themes_lists_write_a_moment_as_our_pages_do() -> None:
    shown = display_for_value(MOMENT, "")
    assert " " not in shown, "it would break in a narrow column"
    assert spaced(shown) == "5 Mar 2026, 13:04"
    ours = Template('{{ at|date:"j M Y, H:i" }}').render(Context({"at": MOMENT}))
    bare = Template("{{ at }}").render(Context({"at": MOMENT}))
    assert ours == spaced(bare) == "5 Mar 2026, 13:04"


@pytest.mark.parametrize(
    ("value", "words"), [(date(2026, 3, 5), "5 Mar 2026"), (time(18, 4), "18:04")]
)
def test_days_and_hours_too(value: date | time, words: str) -> None:
    assert spaced(Template("{{ it }}").render(Context({"it": value}))) == words


def test_no_page_invents_a_format_of_its_own() -> None:
    found = {
        (path.name, form)
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for form in re.findall(r"""\|date:["']([^"']+)["']""", path.read_text())
    }
    assert found
    assert sorted(pair for pair in found if not FORMATS.fullmatch(pair[1])) == []
