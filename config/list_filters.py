"""A list asked for by what it does not know shows the rest, and says what it left out."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin import AllValuesFieldListFilter, DateFieldListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from compliance.admin.asked import LONGEST, listed
from config.saved_view_pages import EVERYTHING, lost_names
from config.saved_views import CHANGELIST

# The values of a column are whatever rows hold, and days are typed: none of them is nonsense.
OPEN_ENDED = (AllValuesFieldListFilter, DateFieldListFilter)


def understood(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The list, or the way to the same list without what it does not know."""
    match = request.resolver_match
    place = (match and match.url_name) or ""
    if not (request.method == "GET" and place.endswith(CHANGELIST) and request.GET):
        return answer()
    try:
        response = answer()
    except DisallowedModelAdminLookup:
        return _without(request, lost_names(place, request.GET, request), "")
    # Django itself goes to the bare list then, and does not say why.
    gone = ERROR_FLAG not in request.GET and response.headers.get("Location", "")
    if gone and gone.endswith(f"?{ERROR_FLAG}=1"):
        return _without(request, lost_names(place, request.GET, request), "")
    shown = (getattr(response, "context_data", None) or {}).get("cl")
    if not isinstance(shown, ChangeList):
        return response
    vain = [spec for spec in shown.filter_specs if _is_vain(spec, shown, request)]
    if not vain:
        return response
    asked = [name for spec in vain for name in spec.expected_parameters() if name]
    names = [name for name in dict.fromkeys(asked) if name in request.GET]
    return _without(request, names, " ".join(_offered(vain, shown)))


def _is_vain(spec: Any, shown: ChangeList, request: HttpRequest) -> bool:
    """Whether a filter was given a value that is none of its choices."""
    given = any(request.GET.get(name) for name in spec.expected_parameters())
    if not given or isinstance(spec, OPEN_ENDED):
        return False
    return not any(choice["selected"] for choice in spec.choices(shown))


def _offered(specs: list[Any], shown: ChangeList) -> Iterator[str]:
    for spec in specs:
        choices = [str(choice["display"]) for choice in spec.choices(shown)]
        yield f"Choose the {spec.title} among {listed(choices)}."


def _without(request: HttpRequest, names: list[str], instead: str) -> HttpResponse:
    kept = request.GET.copy()
    said = []
    for name in names:
        said.append(f"“{name[:LONGEST]}={kept[name][:LONGEST]}”")
        del kept[name]
    what = " and ".join(said) or "what the address asks for"
    messages.warning(
        request, f"This list does not know {what}, so it was left out. "
        f"{instead or 'Filters offers what can be chosen.'}",
    )  # fmt: skip
    query = kept.urlencode() if said else ""
    return HttpResponseRedirect(f"{request.path}?{query or EVERYTHING}")
