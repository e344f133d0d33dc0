"""The pages of crm that are no model's own; the site's `get_urls` puts them first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from crm.admin import board


def crm_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(route, site.admin_view(view), name=f"crm_{name}")

    return [
        page("leads/", board.board_page, "lead_board"),
        page("leads/columns/", board.columns_fragment, "lead_columns"),
        page("leads/<uuid:lead_id>/move/", board.move, "lead_move"),
    ]
