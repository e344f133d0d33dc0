"""A setting of which there is one: its list leads straight to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class SingletonMixin:
    """Opens the one row in place of a list of one; without a row the list says how to make it."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        meta = self.model._meta  # type: ignore[attr-defined]
        only = self.get_queryset(request).first()  # type: ignore[attr-defined]
        if only is not None and self.has_view_permission(request):  # type: ignore[attr-defined]
            return redirect(f"admin:{meta.app_label}_{meta.model_name}_change", only.pk)
        answer: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[misc]
        return answer
