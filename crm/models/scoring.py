"""Scoring: the rules as versions, what they gave to whom and why, and runs over everybody."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.choices import Scored
from crm.models.company import Company
from crm.models.contact import Contact
from crm.models.lead import Lead
from crm.models.version import WrittenOnce


class ScoringModel(models.Model):
    """The rules for one kind of rows; what holds stands in the version that is in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    subject = models.CharField("of", max_length=10, choices=Scored, unique=True)
    description = models.TextField(blank=True)
    current = models.ForeignKey(
        "ScoringVersion", on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", help_text="The version in force.",
    )  # fmt: skip
    looked_until = models.DateTimeField(
        null=True, editable=False, help_text="Changes of data up to then are in the scores."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        permissions = [("switch_scoringmodel", "Can switch a version of a scoring model on")]

    def __str__(self) -> str:
        return self.name


class ScoringVersion(WrittenOnce):
    """One wording of a model, written once; `definition` as `crm.scoring.definition` has it."""

    model = models.ForeignKey(ScoringModel, on_delete=models.CASCADE, related_name="versions")

    class Meta:
        ordering = ["model", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="scoring_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.model}, version {self.number}"


class HeldScore(models.Model):
    """What a version gave to one row, and why: parts as 0 to 100, the lines with their words."""

    version = models.ForeignKey(ScoringVersion, on_delete=models.CASCADE, related_name="+")
    points = models.FloatField()
    percent = models.FloatField()
    tier = models.CharField(max_length=10, blank=True)
    fit = models.FloatField()
    referral_capacity = models.FloatField()
    signal_strength = models.FloatField()
    lines = models.JSONField(default=list)
    seen_until = models.DateTimeField(help_text="Changes of data up to then were seen.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.points:g} points, {self.tier or 'no tier'}"


class LeadScore(HeldScore):
    lead = models.OneToOneField(
        Lead, on_delete=models.CASCADE, primary_key=True, related_name="breakdown"
    )
    listed = models.FloatField(
        null=True, blank=True, help_text="The score of the list the lead came with."
    )
    listed_tier = models.CharField(max_length=10, blank=True)


class ContactScore(HeldScore):
    contact = models.OneToOneField(
        Contact, on_delete=models.CASCADE, primary_key=True, related_name="breakdown"
    )

    class Meta:
        indexes = [
            models.Index(fields=["-points"], name="contactscore_points"),
            # Segments follow from scores: who was scored since is looked at again.
            models.Index(fields=["seen_until"], name="contactscore_seen"),
        ]


class CompanyScore(HeldScore):
    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, primary_key=True, related_name="breakdown"
    )

    class Meta:
        indexes = [models.Index(fields=["-points"], name="companyscore_points")]


class RunState(models.TextChoices):
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    REPLACED = "replaced", "Replaced by a newer one"


class ScoringRun(models.Model):
    """Everybody scored anew by one version; `cursor` is the last row done, so it can go on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    model = models.ForeignKey(ScoringModel, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(ScoringVersion, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="Rows whose tier is another now.")
    cursor = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    actor = models.CharField("by", max_length=150)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["model"], condition=models.Q(state="running"), name="one_run_per_model"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.done} of {self.total}"
