"""The menu of saved views over a list."""

from typing import Any

from django import template
from django.contrib.auth.models import User

from config import saved_view_pages, saved_views

register = template.Library()


@register.inclusion_tag("admin/saved_views.html", takes_context=True)
def saved_views_menu(context: dict[str, Any]) -> dict[str, Any]:
    """`{% saved_views_menu %}`: the views of this list, and a form to keep what it shows."""
    request = context["request"]
    match = request.resolver_match
    place = match.url_name if match else ""
    if not isinstance(request.user, User) or not saved_views.is_list(place or ""):
        return {}
    query = _shown(request.GET.urlencode())
    entries = saved_view_pages.entries_of(request)
    current = next((one for one in entries if one.view.query == query and query), None)
    return {
        "entries": entries, "current": current, "place": place, "query": query,
        "request": request, "csrf_token": context.get("csrf_token", ""),
        "everything": f"?{saved_view_pages.EVERYTHING}",
        "is_admin": request.user.is_superuser,
    }  # fmt: skip


def _shown(query: str) -> str:
    try:
        return saved_views.clean(query)
    except saved_views.ViewError:
        return ""
