"""What was read in one inbound message, with the words for each, and what a person says of it."""

from django.db import models
from django.db.models import Q

from outreach.choices import ReplyIntent
from outreach.models.message import Message


class MessageReading(models.Model):
    """One row a message. `evidence` is `{name: {"text", "start", "end", "source"}}` into its body;
    `decision` is `{"rule", "rulebook", "actions", "done", "look", "standing", "version", …}`, empty
    where nothing was to decide. `ask_model_at` is a queue and a lease in one (`inbound.reread`).
    """

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    intent = models.CharField(max_length=16, choices=ReplyIntent)
    sentiment = models.CharField(max_length=10)
    score = models.FloatField(help_text="From −1, angry, to 1, glad.")
    opt_out = models.BooleanField(default=False)
    opt_out_verdict = models.CharField(max_length=10)
    meeting_requested = models.BooleanField(default=False)
    referred_to = models.CharField(max_length=300, blank=True)
    defer_until = models.DateField(null=True, blank=True)
    objection = models.CharField(max_length=20, blank=True)
    escalate = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    confidence = models.FloatField()
    evidence = models.JSONField(default=dict, blank=True)
    engine = models.CharField(max_length=80)
    ask_model_at = models.DateTimeField(
        null=True, blank=True,
        help_text="From when on a model is to be asked about it; empty where that is settled.",
    )  # fmt: skip
    decision = models.JSONField(default=dict, blank=True)
    corrected_intent = models.CharField(max_length=16, choices=ReplyIntent, blank=True)
    corrected_by = models.CharField(max_length=150, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=-1) & Q(score__lte=1), name="reading_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1),
                name="reading_confidence_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["intent", "-read_at"], name="reading_intent"),
            models.Index(fields=["-read_at"], name="reading_newest"),
            models.Index(
                fields=["ask_model_at"],
                condition=Q(ask_model_at__isnull=False),
                name="reading_to_ask_about",
            ),
            models.Index(
                fields=["corrected_at"],
                condition=Q(corrected_at__isnull=False),
                name="reading_corrected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_intent_display()} ({self.confidence:.0%})"

    @property
    def said_intent(self) -> str:
        """The intent as a person corrected it, else as it was read."""
        return self.corrected_intent or self.intent
