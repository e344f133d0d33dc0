"""What is bought or sold, with the field schema that drives brief, draft, reply and comparison."""

from django.core.exceptions import ValidationError
from django.db import models
from pydantic import ValidationError as SchemaError
from uuid_utils.compat import uuid7

from crm.categories.schema import CategorySchema
from crm.choices import Tier
from crm.faults import in_words


class Category(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    tier = models.CharField(max_length=20, choices=Tier, default=Tier.SERVICE)
    keywords = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=list, blank=True)
    draft_template = models.TextField(
        blank=True, help_text="Overrides the shipped draft template where filled in."
    )
    active = models.BooleanField(default=True)
    edited = models.BooleanField(
        default=False, editable=False, help_text="Staff changed it; upgrades leave it alone."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    @property
    def schema(self) -> CategorySchema:
        """The category as the pure rooms know it; raises pydantic's error on a broken schema."""
        return CategorySchema(
            slug=self.slug,
            name=self.name,
            tier=self.tier,  # type: ignore[arg-type]
            keywords=self.keywords,
            fields=self.fields,
        )

    def clean(self) -> None:
        try:
            schema = self.schema
        except SchemaError as error:
            first = error.errors()[0]
            where = " → ".join(str(part) for part in first["loc"])
            raise ValidationError({"fields": f"{where}: {in_words(first)}."}) from error
        names = [field.name for field in schema.fields]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValidationError({"fields": f"Field names must differ: {', '.join(twice)}."})
