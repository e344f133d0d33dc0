"""Structured values on a page may be emptied: nothing typed is nothing held, never a null."""

from typing import Any

from django import forms
from django.db import models


class EmptiedJson(forms.JSONField):
    """As Django's, but an emptied field gives the model's default instead of None."""

    def clean(self, value: Any) -> Any:
        """The value; `{}` or `[]` where nothing was typed."""
        found = super().clean(value)
        return self.initial() if found is None and callable(self.initial) else found


OVERRIDES: dict[type[models.Field], dict[str, Any]] = {  # type: ignore[type-arg]
    models.JSONField: {"form_class": EmptiedJson}
}
