"""The ledger of what was done, by whom and why: append-only, chained after the fact."""

from typing import Any, NoReturn

from django.db import models

from compliance.audit_words import subject_words, words_for


class AuditEntry(models.Model):
    """One act. Rows are written once; `AuditSeal` chains them so that a later change shows."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150, help_text="User name, API key or machine part.")
    action = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    campaign_id = models.UUIDField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, help_text="SHA-256 over the entry's own content.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit entries"
        permissions = [("export_evidence", "Can read and export the evidence about a person")]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Audit entries are written once; append a new entry instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Audit entries are never deleted.")

    @property
    def said(self) -> str:
        """The act in words, for a page."""
        return words_for(self.action)

    @property
    def about(self) -> str:
        """What was acted on, in words."""
        return subject_words(self.subject_type)


class AuditSeal(models.Model):
    """An entry's place in the hash chain; sealed apart so that writers never queue for the head."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    chain_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"#{self.position}"
