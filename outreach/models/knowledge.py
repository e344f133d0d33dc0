"""What staff know the answer to: questions people ask, and what we say."""

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet
from uuid_utils.compat import uuid7

from outreach.choices import AnswerLanguage
from outreach.models.campaign import Campaign


class KnowledgeQuerySet(models.QuerySet["KnowledgeEntry"]):
    """Entries by where and when they hold."""

    def holding(self, campaign: Campaign | None, on: date) -> QuerySet["KnowledgeEntry"]:
        """What may be said in this campaign on this day: its own entries and those of all."""
        return self.filter(
            Q(campaign=None) | Q(campaign=campaign),
            Q(holds_until=None) | Q(holds_until__gte=on),
            is_active=True,
        )


class KnowledgeEntry(models.Model):
    """One question with its answer in one language.

    `phrasings` are other ways to ask it, a line each. `campaign` limits it to one campaign.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.CharField(max_length=300)
    phrasings = models.TextField(blank=True, help_text="Other ways to ask the same, a line each.")
    answer = models.TextField(
        help_text="One to three sentences, as they may stand in a message to anybody."
    )
    language = models.CharField(
        max_length=2, choices=AnswerLanguage, default=AnswerLanguage.ENGLISH
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="knowledge",
        help_text="Only in this campaign; empty: everywhere.",
    )  # fmt: skip
    holds_until = models.DateField(
        null=True, blank=True, help_text="The last day this is true; empty: until changed."
    )
    is_active = models.BooleanField(default=True)
    updated_by = models.CharField(max_length=150, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        ordering = ["question"]
        verbose_name_plural = "knowledge entries"
        constraints = [
            models.UniqueConstraint(
                fields=["question", "language", "campaign"],
                nulls_distinct=False,
                name="a_question_once_per_campaign",
            )
        ]

    def __str__(self) -> str:
        return self.question

    def asked_as(self) -> list[str]:
        """Every way to ask it."""
        return [self.question, *filter(None, map(str.strip, self.phrasings.splitlines()))]
