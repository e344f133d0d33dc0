"""What is written by hand on a page stands in the ledger, like what programs write."""

from typing import Any

from django.http import HttpRequest

from compliance import audit


class RecordedMixin:
    """Puts an entry beside each creation and change; the fields, never their values."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """In the admin's own transaction."""
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if change and not form.changed_data:
            return
        name = f"{obj._meta.model_name}.{'changed' if change else 'created'}"
        fields = sorted(form.changed_data)
        audit.append(name, obj, actor=request.user.get_username(), data={"fields": fields})
