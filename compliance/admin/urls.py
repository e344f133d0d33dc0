"""Compliance's own pages under the admin; the site's `get_urls` puts them first."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from compliance.admin import dnc, evidence


def compliance_urls(site: AdminSite) -> list[URLPattern]:
    """Every page behind the site's log-in."""

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(route, site.admin_view(view), name=f"compliance_{name}")

    return [
        page("compliance/dnc/", dnc.lists_page, "dnc"),
        page("compliance/dnc/live/", dnc.live, "dnc_live"),
        page("compliance/dnc/<int:version_id>/decide/", dnc.decide, "dnc_decide"),
        page("compliance/evidence/", evidence.look_up, "evidence"),
        page("compliance/evidence/export/", evidence.download, "evidence_export"),
        page(
            "compliance/evidence/<slug:kind>/<uuid:key>/",
            evidence.person_page,
            "evidence_person",
        ),
    ]
