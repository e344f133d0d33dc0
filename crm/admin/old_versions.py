"""Old versions of a row: looked at by who may look, put back by who may change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from simple_history.admin import SimpleHistoryAdmin


class KeepsOldVersions(SimpleHistoryAdmin):
    """The library hides its button from who only reads, but takes what they post; we do not.

    It would also write the whole old row, with what no form may change (a stage, a merge): here
    only the form's fields are put back, into the row as it stands, in one transaction.
    """

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: int,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """GET shows the version; POST puts it back."""
        if request.method != "POST":
            # What stands over the form tells of today, and leads to what is done today.
            told = {"is_old_version": True, **(extra_context or {})}
            return super().history_form_view(request, object_id, version_id, told)
        with transaction.atomic():
            return self._put_back(request, object_id)

    def _put_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404("It is gone; its old versions can only be read.")
        form = self.get_form(request, row, change=True)(request.POST, request.FILES, instance=row)
        if not form.is_valid():
            said = " ".join(text for errors in form.errors.values() for text in errors)
            messages.error(request, f"This version cannot be put back: {said}")
            return HttpResponseRedirect(request.path)
        changed = self.save_form(request, form, change=True)
        self.save_model(request, changed, form, change=True)
        form.save_m2m()
        self.log_change(request, changed, self.construct_change_message(request, form, []))
        return self.response_change(request, changed)
