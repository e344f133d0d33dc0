"""What the pages of crm share: who may, and the admin's frame."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def require(request: HttpRequest, permission: str) -> User:
    """The person, if they may; else 403."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A whole page in the admin's frame."""
    frame = {**admin.site.each_context(request), "title": title, "is_fullwidth": "1"}
    return TemplateResponse(request, template, {**frame, **context})
