"""The one admin site people work in."""

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import SimpleLazyObject
from unfold.sites import UnfoldAdminSite

from config.demo.clock_page import is_stale, turn_clock


class AttacheAdminSite(UnfoldAdminSite):
    site_header = "Attaché"
    site_title = "Attaché"
    index_title = "What waits for you"
    empty_value_display = "—"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The home page; in the demo it asks for its live part, and for itself when that ends."""
        page = super().index(request, extra_context)
        if is_stale(request):
            page["HX-Refresh"] = "true"
        return page

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Behind the log-in, a list that is opened as it is shows its reader's default view."""
        from config.list_filters import understood
        from config.row_links import read_by
        from config.saved_view_pages import opening

        guarded = super().admin_view(view, cacheable)
        # Whose token is checked late, as an upload's is, has a form that is not to be read yet.
        reads_late = getattr(view, "csrf_exempt", False)

        @wraps(guarded)
        def opened(request: HttpRequest, *args: Any, **values: Any) -> Any:
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
            if request.method == "POST" and not reads_late:
                request.POST = _without_nul(request.POST)  # type: ignore[assignment]
            page = opening(request) or understood(
                request, lambda: guarded(request, *args, **values)
            )
            return read_by(request, page)

        return opened

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Every page asks for the list of all models and few show it: made once looked at."""
        made = super().get_app_list
        return cast(list[dict[str, Any]], SimpleLazyObject(lambda: made(request, app_label)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Pages of our own come first: a model's pages end in one that takes any path."""
        # Imported late: registering a model needs this class before it is whole.
        from compliance.admin.urls import compliance_urls
        from config.badges import badges_fragment
        from config.saved_view_pages import saved_view_urls
        from crm.admin.urls import crm_urls
        from outreach.admin.urls import outreach_urls
        from quotes.admin.urls import quote_urls

        own = [*outreach_urls(self), *quote_urls(self), *crm_urls(self), *compliance_urls(self)]
        own += saved_view_urls(self)
        own.append(path("badges/", self.admin_view(badges_fragment), name="badges"))
        own.append(path("demo/clock/", self.admin_view(turn_clock), name="demo_clock"))
        return [*own, *super().get_urls()]


def _without_nul(sent: QueryDict) -> QueryDict:
    """What was sent without the one character that no database keeps and nobody types."""
    if not any("\x00" in value for _name, values in sent.lists() for value in values):
        return sent
    kept = QueryDict(mutable=True)
    for name, values in sent.lists():
        kept.setlist(name, [value.replace("\x00", "") for value in values])
    kept._mutable = False
    return kept
