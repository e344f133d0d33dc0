"""A field that tells of another row leads to it, unless that page would refuse who reads it."""

from typing import Any

import unfold.forms
from django.http import HttpRequest, HttpResponse
from unfold.fields import UnfoldAdminReadonlyField


class RefusesNobody(UnfoldAdminReadonlyField):
    """Django and the theme link to every row that has a page, without asking who may open it."""

    def get_admin_url(self, remote_field: Any, remote_obj: Any) -> str:
        request: HttpRequest | None = getattr(self.form, "read_by", None)
        model_admin = self.model_admin.admin_site._registry.get(remote_field.model)
        # Where the reader is not known, as on an old version's page, the name alone is shown.
        if request is None or model_admin is None:
            return str(remote_obj)
        if not model_admin.has_view_or_change_permission(request, remote_obj):
            return str(remote_obj)
        return super().get_admin_url(remote_field, remote_obj)  # type: ignore[no-any-return]


def install() -> None:
    """Let every form's page use it: the theme names the class in one place."""
    unfold.forms.UnfoldAdminReadonlyField = RefusesNobody  # type: ignore[misc]


def read_by(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page, its list and forms told who reads them: their templates are not."""
    context = getattr(page, "context_data", None) or {}
    if "cl" in context:
        context["cl"].read_by = request
    wholes = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", ()):
        wholes += inline.formset.forms
    for form in wholes:
        form.read_by = request
    return page
