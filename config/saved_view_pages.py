"""The doors of saved views: open one, keep what a list shows, and change what was kept."""

import copy
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import FieldError, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from config import saved_views

REFUSALS = (
    IncorrectLookupParameters, SuspiciousOperation, FieldError, ValidationError, ValueError,
)  # fmt: skip
EVERYTHING = "q="  # an address with a query: the default does not come in between


def saved_view_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(route, site.admin_view(view), name=name)

    return [
        page("views/save/", keep, "view_save"),
        page("views/<uuid:view_id>/", open_view, "view_open"),
        page("views/<uuid:view_id>/change/", change, "view_change"),
    ]


def opening(request: HttpRequest) -> HttpResponse | None:
    """The redirect to somebody's default view, where they open a list as it is."""
    match = request.resolver_match
    if request.method != "GET" or request.META.get("QUERY_STRING") or match is None:
        return None
    if not isinstance(request.user, User) or not saved_views.is_list(match.url_name or ""):
        return None
    chosen = next((one.view for one in entries_of(request) if one.is_default), None)
    return HttpResponseRedirect(reverse("admin:view_open", args=[chosen.pk])) if chosen else None


def entries_of(request: HttpRequest) -> list[saved_views.Entry]:
    """The views of the list that is open; asked once a request."""
    known: list[saved_views.Entry] | None = getattr(request, "saved_views", None)
    if known is None:
        assert isinstance(request.user, User)
        assert request.resolver_match is not None
        known = saved_views.views_of(request.user, request.resolver_match.url_name or "")
        request.saved_views = known  # type: ignore[attr-defined]
    return known


@require_safe
def open_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Go to the list with the view's filters; what does not exist any more is said and left out."""
    assert isinstance(request.user, User)
    view = get_object_or_404(saved_views.visible(request.user), pk=view_id)
    query = QueryDict(view.query)
    lost = lost_names(view.place, query, request)
    if lost:
        messages.warning(
            request, f"“{view.name}” filters by what does not exist any more: {', '.join(lost)}. "
            "The list is shown without it; the view is kept as it was.",
        )  # fmt: skip
    kept = query.copy()
    for name in lost:
        kept.pop(name, None)
    return HttpResponseRedirect(
        f"{reverse(f'admin:{view.place}')}?{kept.urlencode() or EVERYTHING}"
    )


def lost_names(place: str, query: QueryDict, request: HttpRequest) -> list[str]:
    """The names in a query that the list does not understand, or not any more."""
    if place in saved_views.PAGES:
        return [name for name in query if name not in saved_views.PAGES[place]]
    model_admin = _list_of(place)
    if model_admin is None or not query or _understands(model_admin, query, request):
        return []
    lost = []
    for name in query:
        alone = QueryDict(mutable=True)
        alone.setlist(name, query.getlist(name))
        if not _understands(model_admin, alone, request):
            lost.append(name)
    return lost


def _list_of(place: str) -> Any:
    for model, model_admin in admin.site._registry.items():
        meta = model._meta
        if place == f"{meta.app_label}_{meta.model_name}{saved_views.CHANGELIST}":
            return model_admin
    return None


def _is_ours(place: str) -> bool:
    """Whether there is such a list: what is kept of none could never be opened."""
    return place in saved_views.PAGES or _list_of(place) is not None


def _understands(model_admin: Any, query: QueryDict, request: HttpRequest) -> bool:
    trial = copy.copy(request)
    trial.GET = query  # type: ignore[assignment]
    try:
        model_admin.get_changelist_instance(trial)
    except REFUSALS:
        return False
    return True


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows under a name."""
    assert isinstance(request.user, User)
    said = request.POST
    place, query = said.get("place", ""), said.get("query", "")
    try:
        if not _is_ours(place):
            raise saved_views.ViewError("There is no such list.")
        view = saved_views.save(
            request.user, place, said.get("name", ""), query, shared=bool(said.get("shared"))
        )
        if said.get("default"):
            saved_views.set_default(view.pk, on=True, user=request.user)
        messages.success(request, f"Kept as “{view.name}”.")
    except saved_views.ViewError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Rename, replace, share, unshare, delete, or make it the default: `act` says which."""
    assert isinstance(request.user, User)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise saved_views.ViewError("There is nothing of that name to do.")
        messages.success(request, act(view_id, request.user, request.POST))
    except saved_views.ViewError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def _rename(pk: UUID, user: User, said: QueryDict) -> str:
    return f"It is “{saved_views.rename(pk, said.get('name', ''), user=user)}” now."


def _replace(pk: UUID, user: User, said: QueryDict) -> str:
    return f"“{saved_views.replace(pk, said.get('query', ''), user=user)}” keeps what you see."


def _share(pk: UUID, user: User, _said: QueryDict) -> str:
    return f"The team sees “{saved_views.share(pk, shared=True, user=user)}”."


def _unshare(pk: UUID, user: User, _said: QueryDict) -> str:
    return f"Only you see “{saved_views.share(pk, shared=False, user=user)}”."


def _default(pk: UUID, user: User, _said: QueryDict) -> str:
    return f"The list opens with “{saved_views.set_default(pk, on=True, user=user)}”."


def _no_default(pk: UUID, user: User, _said: QueryDict) -> str:
    saved_views.set_default(pk, on=False, user=user)
    return "The list opens as it is."


def _delete(pk: UUID, user: User, _said: QueryDict) -> str:
    return f"“{saved_views.delete(pk, user=user)}” is deleted."


ACTS: dict[str, Callable[[UUID, User, QueryDict], str]] = {
    "rename": _rename, "replace": _replace, "share": _share, "unshare": _unshare,
    "default": _default, "no-default": _no_default, "delete": _delete,
}  # fmt: skip


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was."""
    place = request.POST.get("place", "")
    query = request.POST.get("query", "").replace("\n", "").replace("\r", "")[:4000] or EVERYTHING
    if not _is_ours(place):
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(f"{reverse(f'admin:{place}')}?{query}")
