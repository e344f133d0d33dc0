"""One offer (or other answer) of a vendor, each value with the words it was read from."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from outreach.models import Enrollment, Message
from quotes.choices import EntryMethod, PriceBasis, QuoteStatus, ReplyKind


class Quote(models.Model):
    """`price` is the total for the request in `currency` before the extras listed.

    `fields` holds values by the category's quote fields; `evidence` and `confidence` are keyed by
    value name ("price", "expiration_date", a field's name); evidence is
    `{"text", "start", "end", "source"}` into the message's subject or body.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="quotes")
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes"
    )
    entry_method = models.CharField(max_length=15, choices=EntryMethod, default=EntryMethod.AUTO)
    engine = models.CharField(max_length=60, blank=True)
    status = models.CharField(
        max_length=15, choices=QuoteStatus, default=QuoteStatus.NEEDS_REVIEW, db_index=True
    )
    kind = models.CharField(max_length=16, choices=ReplyKind, default=ReplyKind.QUOTE)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    price_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    price_basis = models.CharField(max_length=12, choices=PriceBasis, blank=True)
    includes_tax = models.BooleanField(null=True, blank=True)
    availability = models.CharField(max_length=20, blank=True)
    expiration_date = models.DateField(null=True, blank=True)
    deposit = models.CharField(max_length=120, blank=True)
    terms = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    confidence = models.JSONField(default=dict, blank=True)
    review_reasons = models.JSONField(default=list, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="superseded_by"
    )
    is_finalist = models.BooleanField(default=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        permissions = [("review_quote", "Can confirm, correct and log quotes")]
        indexes = [models.Index(fields=["-created_at", "-id"], name="quote_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                condition=models.Q(entry_method="auto_extracted"),
                name="one_reading_per_message",
            ),
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(status="current"),
                name="one_current_quote_per_enrollment",
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0),
                name="quote_price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        if self.price is None:
            return self.get_kind_display()
        return f"{self.price} {self.currency}".strip()


class QuoteExtra(models.Model):
    """What comes on top: an amount in the quote's currency, a percentage, or not known."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="extras")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class QuoteOption(models.Model):
    """One of several offers in the same reply."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label
