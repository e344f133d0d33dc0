"""What is written by hand on a page stands in the ledger, like what programs write."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from compliance import audit


class Recorded:
    """Puts an entry beside each creation, change and deletion; the fields, never their values.

    `act` is what the ledger calls the thing where that is not the model's own name, `made` what it
    calls its beginning.
    """

    act = ""
    made = "created"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """In the admin's own transaction."""
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if form.changed_data or not change:
            what = "changed" if change else self.made
            self._record(request, what, [obj], fields=sorted(form.changed_data))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What changes below the form changes its row; below a new one it belongs to the making."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        below = sorted({one.model._meta.model_name for one in formsets if _has_changed(one)})
        if change and below:
            self._record(request, "changed", [form.instance], fields=below)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """The entry first: a deleted row has no key any more."""
        self._record(request, "deleted", [obj])
        super().delete_model(request, obj)  # type: ignore[misc]

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Those that were marked in a list; the admin opens no transaction for them."""
        self._record(request, "deleted", queryset)
        super().delete_queryset(request, queryset)  # type: ignore[misc]

    def act_of(self, what: str) -> str:
        """What the ledger calls this act."""
        return f"{self.act or self.opts.model_name}.{what}"  # type: ignore[attr-defined]

    def _record(
        self, request: HttpRequest, what: str, rows: Iterable[models.Model], **data: Any
    ) -> None:
        acts = [audit.Act(self.act_of(what), row, data=data) for row in rows]
        audit.append_many(acts, actor=request.user.get_username())


def _has_changed(formset: Any) -> bool:
    return bool(formset.new_objects or formset.changed_objects or formset.deleted_objects)
