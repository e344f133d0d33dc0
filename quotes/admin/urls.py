"""The quotes pages under the admin; the site's own `get_urls` puts them first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from quotes.admin.actions import finalist, follow_up, note, row_action
from quotes.admin.comparison import comparison_page, export
from quotes.admin.review import log_page, review_page

COMPARE = "outreach/campaign/<uuid:campaign_id>/compare/"
ROW = f"{COMPARE}<uuid:enrollment_id>/"


def quote_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], name: str, **given: str) -> URLPattern:
        return path(route, site.admin_view(view), given, name=name)

    return [
        page(COMPARE, comparison_page, "quotes_comparison"),
        page(f"{COMPARE}export.csv", export, "quotes_export_csv", form="csv"),
        page(f"{COMPARE}export.xlsx", export, "quotes_export_xlsx", form="xlsx"),
        page(f"{ROW}log/", log_page, "quotes_log"),
        page(f"{ROW}follow-up/", row_action(follow_up), "quotes_follow_up"),
        page(f"{ROW}note/", row_action(note), "quotes_note"),
        page(f"{ROW}finalist/", row_action(finalist), "quotes_finalist"),
        page("quotes/quote/<uuid:quote_id>/review/", review_page, "quotes_review"),
    ]
