"""What the desk does about replies: the table staff edit, and the versions of it in force."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from outreach.choices import CampaignKind, Channel, ReplyAction, ReplyIntent

SCORE = [MinValueValidator(-1.0), MaxValueValidator(1.0)]


class DecisionRule(models.Model):
    """One row of the table being edited; the first row that fits a reply decides.

    An empty condition fits everything. Nothing here is in force before it is switched on.
    """

    position = models.PositiveSmallIntegerField(default=100, help_text="Rows are asked in order.")
    name = models.CharField(max_length=80, unique=True)
    enabled = models.BooleanField(default=True)
    intent = models.CharField(max_length=16, choices=ReplyIntent, blank=True)
    sentiment_over = models.FloatField(
        null=True, blank=True, validators=SCORE, help_text="From −1, angry, to 1, glad."
    )
    sentiment_under = models.FloatField(null=True, blank=True, validators=SCORE)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    campaign_kind = models.CharField(max_length=10, choices=CampaignKind, blank=True)
    engaged = models.BooleanField(
        null=True, blank=True, help_text="They asked twice, or asked and are interested."
    )
    actions = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "rule for replies"
        verbose_name_plural = "rules for replies"
        permissions = [("publish_rules", "Can switch rules for replies on")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse actions nobody knows, and a rule that does nothing."""
        if not isinstance(self.actions, list) or not set(self.actions) <= set(ReplyAction.values):
            raise ValidationError({"actions": "Choose from the list."})
        if not self.actions:
            raise ValidationError({"actions": "Choose at least one; “Let a person look” is safe."})
        over, under = self.sentiment_over, self.sentiment_under
        if over is not None and under is not None and over >= under:
            raise ValidationError({"sentiment_under": "No sentiment is over the one, under this."})


class Rulebook(models.Model):
    """The table as it was switched on; the one with the highest number is in force."""

    number = models.PositiveIntegerField(primary_key=True)
    rules = models.JSONField(help_text="The enabled rows, in their order.")
    switched_on_by = models.CharField(max_length=150)
    switched_on_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Rulebook {self.number}"
