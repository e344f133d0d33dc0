"""What a page's address asks for: what the page does not know is left out, and said once.

A value that rows may hold or not, such as a county, is a question like any other: it finds nobody.
"""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpRequest

LONGEST = 40  # characters of a value that are said again
MOST = 12  # choices that are named


def one_of(
    request: HttpRequest, name: str, known: Mapping[str, str] | Iterable[str], otherwise: str = ""
) -> str:
    """The value of a filter; `otherwise` where it is not asked for or is none of the known ones.

    `known` are the values, with what the page calls them where it calls them otherwise.
    """
    wanted = request.GET.get(name, "").strip()
    if not wanted:
        return otherwise
    choices = known if isinstance(known, Mapping) else {one: one for one in known}
    if wanted in choices:
        return wanted
    refuse(request, name, wanted, f"Choose among {listed(choices.values())}.")
    return otherwise


def refuse(request: HttpRequest, name: str, wanted: str, instead: str) -> None:
    """Say that a value was not understood and left out, and what can be asked for instead."""
    _say(request, f"“{_short(wanted)}” is nothing this page knows for “{name}”", instead)


def only(request: HttpRequest, *names: str) -> None:
    """Say which names in the address the page does not know; empty ones ask for nothing."""
    unknown = [name for name, value in request.GET.items() if value and name not in names]
    if unknown:
        said = ", ".join(f"“{_short(name)}”" for name in unknown[:MOST])
        _say(
            request, f"This page knows no filter {said}",
            f"It can be asked for {listed(one for one in names if one not in LEAFING)}.",
        )  # fmt: skip


# Where somebody is in a page, and what is open on it: asks for other rows, not for a filter.
LEAFING = frozenset({"page", "after", "c", "last", "seen", "whole"})


def listed(choices: Iterable[str]) -> str:
    """The choices in a sentence, the first ones of many."""
    words = [str(one) for one in choices if str(one)]
    beyond = f" and {len(words) - MOST} more" if len(words) > MOST else ""
    return ", ".join(words[:MOST]) + beyond


def _say(request: HttpRequest, problem: str, instead: str) -> None:
    # A piece of a page is asked for every few seconds; the whole page has said it.
    if not request.headers.get("HX-Request"):
        messages.warning(request, f"{problem}, so it was left out. {instead}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
