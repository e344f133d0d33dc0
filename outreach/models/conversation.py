"""How far the talk of an enrollment has come: its state, whose it is, and what waits in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from outreach.choices import Outcome, ReplyIntent, TalkState
from outreach.models.enrollment import Enrollment

# Something is for us to do: nobody answered yet, or they wrote or became hot since.
WAITS = Q(answered_at=None) | Q(last_reply_at__gt=F("answered_at")) | Q(
    hot_since__gt=F("answered_at")
)  # fmt: skip


class Conversation(models.Model):
    """Made when a person first answers; until then the enrollment awaits a reply.

    Its key is the enrollment's. `version` rises with every step, which is how two who act at once
    notice each other; the steps themselves stand in the ledger.
    """

    enrollment = models.OneToOneField(
        Enrollment, on_delete=models.CASCADE, primary_key=True, related_name="conversation"
    )
    state = models.CharField(max_length=12, choices=TalkState, default=TalkState.AWAITING)
    intent = models.CharField(
        max_length=16, choices=ReplyIntent, blank=True, help_text="What their last reply wants."
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    version = models.PositiveIntegerField(default=0)
    engaged = models.BooleanField(default=False, help_text="They ask again, or ask and are keen.")
    last_reply_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When one of us last answered, or found that nothing is to be answered.",
    )
    answer_wanted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when a question waits for the draft of an answer."
    )
    # With a person.
    hot_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when a person of ours is to take over."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    pass_on_at = models.DateTimeField(
        null=True, blank=True, help_text="When it goes to the next person if nobody has looked."
    )
    snoozed_until = models.DateTimeField(null=True, blank=True)
    # Later.
    resume_at = models.DateTimeField(null=True, blank=True)
    resume_touches = models.BooleanField(
        default=False, help_text="The sequence goes on then; else a person is reminded."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-last_reply_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=TalkState.CLOSED) & ~Q(outcome=""))
                | (~Q(state=TalkState.CLOSED) & Q(outcome="")),
                name="closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=TalkState.REPLIED) | ~Q(intent=""), name="replied_with_an_intent"
            ),
        ]
        indexes = [
            models.Index(fields=["-last_reply_at"], name="conversation_newest"),
            models.Index(fields=["state", "-last_reply_at"], name="conversation_state"),
            models.Index(fields=["owner", "-last_reply_at"], name="conversation_owner"),
            models.Index(
                fields=["-last_reply_at"],
                condition=Q(hot_since__isnull=False),
                name="conversation_hot",
            ),
            models.Index(
                fields=["-last_reply_at"],
                condition=Q(state="replied", intent="question"),
                name="conversation_question",
            ),
            models.Index(
                fields=["-last_reply_at"],
                condition=Q(snoozed_until__isnull=False),
                name="conversation_snoozed",
            ),
            models.Index(
                fields=["state", "-last_reply_at"], condition=WAITS, name="conversation_waits"
            ),
            models.Index(
                fields=["pass_on_at"],
                condition=Q(pass_on_at__isnull=False),
                name="conversation_pass_on",
            ),
            models.Index(
                fields=["resume_at"],
                condition=Q(resume_at__isnull=False),
                name="conversation_resume",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.get_state_display()}"

    @property
    def waits(self) -> bool:
        """Whether something in it is for us to do, as the inbox's filters ask the database."""
        since = [at for at in (self.last_reply_at, self.hot_since) if at is not None]
        if self.state == TalkState.CLOSED or not since:
            return False
        return self.answered_at is None or max(since) > self.answered_at
