"""What a form's page tells beside its fields."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin


class TellsBeside(ModelAdmin):
    """A page with more on it than its form: `beside` says what its template gets."""

    def beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """The context by name; `object_id` is None where something new is typed in."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**self.beside(request, object_id), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)
