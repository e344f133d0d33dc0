"""The answer an API call got, kept so that the same call sent twice acts once."""

from django.db import models
from uuid_utils.compat import uuid7

from outreach.models.api_key import ApiKey


class StoredAnswer(models.Model):
    """One `Idempotency-Key` of one API key; `status` is 0 while the first call is under way."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    begun_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["api_key", "token"], name="one_answer_per_token")
        ]

    def __str__(self) -> str:
        return f"{self.token}: {self.status or 'under way'}"
