"""Filters of long lists: the values a column holds, looked for once a minute."""

from typing import Any

from django.contrib.admin import AllValuesFieldListFilter
from django.core.cache import cache
from django.db import models
from django.http import HttpRequest

KEPT = 60  # seconds


class KeptValuesFilter(AllValuesFieldListFilter):
    """Every value of a column to choose from; to find them the whole table has to be read.

    The same for everybody: only for lists that show each reader the same rows.
    """

    def __init__(
        self,
        field: "models.Field[Any, Any]",
        request: HttpRequest,
        params: Any,
        model: type[models.Model],
        model_admin: Any,
        field_path: str,
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        key = f"values:{model._meta.label_lower}:{field_path}"
        found = self.lookup_choices  # not asked yet
        kept: Any = cache.get_or_set(key, lambda: list(found), KEPT)
        self.lookup_choices = kept
