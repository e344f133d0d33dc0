"""What the pages of crm share: who may, and the admin's frame."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from compliance.admin.pages import require as require


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A whole page in the admin's frame."""
    frame = {**admin.site.each_context(request), "title": title, "is_fullwidth": "1"}
    return TemplateResponse(request, template, {**frame, **context})
