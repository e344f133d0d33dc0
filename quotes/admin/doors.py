"""What every quotes page shares: who may, which campaign, where to go next."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from compliance.admin.pages import require as require
from outreach.admin.doors import rights
from outreach.models import Campaign, Enrollment

VIEW = "quotes.view_quote"
REVIEW = "quotes.review_quote"


def get_campaign(campaign_id: UUID) -> Campaign:
    """The campaign with its request and category, or 404."""
    return get_object_or_404(Campaign.objects.select_related("request__category"), pk=campaign_id)


def get_thread(campaign_id: UUID, enrollment_id: UUID) -> Enrollment:
    """The vendor's thread in this campaign, or 404."""
    return get_object_or_404(
        Enrollment.objects.select_related("campaign__request__category", "company", "contact"),
        pk=enrollment_id,
        campaign_id=campaign_id,
    )


def page_context(request: HttpRequest, campaign: Campaign, title: str) -> dict[str, Any]:
    """What the admin's frame and the campaign's tabs need."""
    return {
        **admin.site.each_context(request),
        "title": title,
        "campaign": campaign,
        "tab": "compare",
        "is_fullwidth": "1",
        "may_review": request.user.has_perm(REVIEW),
        "may": rights(request),
    }


def compare_url(campaign_id: UUID, query: dict[str, str] | None = None) -> str:
    """The comparison page, with the view a person had chosen."""
    url = reverse("admin:quotes_comparison", args=[campaign_id])
    return f"{url}?{urlencode(query)}" if query else url
