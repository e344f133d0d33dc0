import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import outreach.models.attachment
import outreach.models.enrollment


class Migration(migrations.Migration):
    replaces = [
        ("outreach", "0001_initial"),
        ("outreach", "0002_stored_answer"),
        ("outreach", "0003_mailbox_next_slot"),
        ("outreach", "0004_message_newest"),
        ("outreach", "0005_sequences"),
        ("outreach", "0006_texts_and_touches"),
        ("outreach", "0007_draft_orders"),
        ("outreach", "0008_text_mailbox"),
        ("outreach", "0009_weekly_cadence"),
        ("outreach", "0010_conversations"),
        ("outreach", "0011_webhooks"),
        ("outreach", "0012_decisions_and_handoff"),
        ("outreach", "0013_knowledge_base"),
        ("outreach", "0014_absences_and_bounce_causes"),
        ("outreach", "0015_alert_of_a_paused_mailbox"),
        ("outreach", "0016_rules_named"),
        ("outreach", "0017_participants"),
        ("outreach", "0018_threads_of_merged_people"),
        ("outreach", "0019_campaign_audience"),
        ("outreach", "0020_messages_that_ask_for_help"),
        ("outreach", "0021_second_readings"),
        ("outreach", "0022_pages_read_from_indexes"),
        ("outreach", "0023_due_of_a_mailbox"),
        ("outreach", "0024_answered_conversations"),
        ("outreach", "0025_time_ordered_ids"),
        ("outreach", "0026_first_drafts_until"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("crm", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AiRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("purpose", models.CharField(db_index=True, max_length=40)),
                ("campaign_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                ("prompt_name", models.CharField(max_length=60)),
                ("prompt_version", models.CharField(max_length=40)),
                ("model", models.CharField(max_length=80)),
                ("input_tokens", models.PositiveIntegerField(default=0)),
                ("output_tokens", models.PositiveIntegerField(default=0)),
                (
                    "cost_usd",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True),
                ),
                ("latency_ms", models.PositiveIntegerField(default=0)),
                (
                    "valid",
                    models.BooleanField(default=False, help_text="The answer kept to its schema."),
                ),
                ("error", models.TextField(blank=True)),
                ("trace_id", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "verbose_name": "AI run",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="DecisionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Rows are asked in order."
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("enabled", models.BooleanField(default=True)),
                (
                    "intent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "Interested"),
                            ("question", "Question"),
                            ("not_interested", "Not interested"),
                            ("deferral", "Later"),
                            ("referral", "Names somebody else"),
                            ("wrong_person", "Wrong person"),
                            ("opt_out", "Wants us to stop"),
                            ("complaint", "Complaint"),
                            ("out_of_office", "Out of office"),
                            ("auto_reply", "Automatic reply"),
                            ("bounce", "Bounce"),
                            ("unknown", "Unclear"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "sentiment_over",
                    models.FloatField(
                        blank=True,
                        help_text="From −1, angry, to 1, glad.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                    ),
                ),
                (
                    "sentiment_under",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Phone"),
                            ("web_form", "Web form"),
                            ("social", "Social network"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "campaign_kind",
                    models.CharField(
                        blank=True,
                        choices=[("rfq", "Request to vendors"), ("sequence", "Sequence")],
                        max_length=10,
                    ),
                ),
                (
                    "engaged",
                    models.BooleanField(
                        blank=True,
                        help_text="They asked twice, or asked and are interested.",
                        null=True,
                    ),
                ),
                ("actions", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "rule for replies",
                "verbose_name_plural": "rules for replies",
                "ordering": ["position", "pk"],
                "permissions": [("publish_rules", "Can switch rules for replies on")],
            },
        ),
        migrations.CreateModel(
            name="MarketingTouch",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="crm.contact",
                    ),
                ),
                ("message_id", models.UUIDField(default=uuid_utils.compat.uuid7)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Rulebook",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("rules", models.JSONField(help_text="The enabled rows, in their order.")),
                ("switched_on_by", models.CharField(max_length=150)),
                ("switched_on_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Sequence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                (
                    "voice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referral_network", "Referral network"),
                            ("thought_leadership", "Thought leadership"),
                            ("stealth_founder", "Stealth founder"),
                            ("home_owner", "Home owner"),
                        ],
                        help_text="Whom it speaks to; empty for anybody.",
                        max_length=20,
                    ),
                ),
                (
                    "active",
                    models.BooleanField(default=True, help_text="Offered for new campaigns."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StaffDuty",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="duty",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "takes_leads",
                    models.BooleanField(
                        default=True, help_text="Hot conversations are given to them in turn."
                    ),
                ),
                ("by_email", models.BooleanField(default=True)),
                ("by_sms", models.BooleanField(default=False)),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="For texts: +13055550100.", max_length=40
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(
                        blank=True,
                        default=datetime.time(22, 0),
                        help_text="No text comes from then …",
                        null=True,
                    ),
                ),
                (
                    "quiet_until",
                    models.TimeField(
                        blank=True, default=datetime.time(7, 0), help_text="… to then.", null=True
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True,
                        help_text="Their time zone, such as America/New_York.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "staff duties",
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="WorkerHeartbeat",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("prefix", models.CharField(editable=False, max_length=12, unique=True)),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="HandoffPolicy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "assign_by",
                    models.CharField(
                        choices=[
                            ("campaign_owner", "To the campaign's owner, else in turn"),
                            ("in_turn", "In turn"),
                        ],
                        default="campaign_owner",
                        max_length=16,
                    ),
                ),
                (
                    "pass_on_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Unseen for so many minutes, it goes to the next person.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "handoff policy",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_handoff_policy"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pass_on_minutes__gte", 1)),
                        name="pass_on_after_a_minute",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("from_name", models.CharField(max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS")],
                        default="email",
                        max_length=10,
                    ),
                ),
                ("from_email", models.EmailField(blank=True, max_length=254)),
                (
                    "from_number",
                    models.CharField(
                        blank=True,
                        help_text="For texts: a number such as +13055550100, or a Messaging Service (MG…).",
                        max_length=40,
                    ),
                ),
                ("sender_title", models.CharField(default="Executive Assistant", max_length=120)),
                (
                    "connection",
                    models.CharField(
                        default="default",
                        help_text="A key of the EMAIL_CONNECTIONS setting: which provider carries this mail.",
                        max_length=40,
                    ),
                ),
                ("max_connections", models.PositiveSmallIntegerField(default=4)),
                ("per_hour", models.PositiveIntegerField(default=200)),
                ("daily_cap", models.PositiveIntegerField(default=1000)),
                (
                    "min_gap_ms",
                    models.PositiveIntegerField(
                        default=0, help_text="Least time between two mails, in milliseconds."
                    ),
                ),
                (
                    "per_domain_hour",
                    models.PositiveIntegerField(
                        default=100, help_text="Most mails an hour to one recipient domain."
                    ),
                ),
                ("next_slot_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("warm_up_started_on", models.DateField(blank=True, null=True)),
                ("warm_up_first_day", models.PositiveIntegerField(default=30)),
                (
                    "warm_up_growth",
                    models.FloatField(default=1.5, help_text="Factor every third day."),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("pause_reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "mailboxes",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("from_email", ""), _negated=True),
                        fields=("from_email",),
                        name="mailbox_once_per_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("from_number", ""), _negated=True),
                        fields=("from_number",),
                        name="mailbox_once_per_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "email"), models.Q(("from_email", ""), _negated=True)
                            ),
                            models.Q(
                                ("channel", "sms"), models.Q(("from_number", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="mailbox_has_its_sender",
                        violation_error_message="Name the sender: an e-mail address or a number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachPolicy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("paused_by", models.CharField(blank=True, editable=False, max_length=150)),
                ("pause_reason", models.CharField(blank=True, max_length=200)),
                (
                    "force_every_message",
                    models.BooleanField(
                        default=False,
                        help_text="A person approves every message, whatever a campaign says.",
                    ),
                ),
                (
                    "soft_bounce_limit",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="An address counts as dead after so many mails in a row came back for now (mailbox full, server away); 0 for never.",
                    ),
                ),
                (
                    "refusal_limit",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="A mailbox is paused when so many people's servers refuse its mail within a day as spam or by a rule of theirs; 0 for never. A blocklist pauses it at once.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outreach policy",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_outreach_policy"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SequenceVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("definition", models.JSONField()),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="What changed, in words.", max_length=200
                    ),
                ),
                ("created_by", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "sequence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="outreach.sequence",
                    ),
                ),
            ],
            options={
                "ordering": ["sequence", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sequence", "number"), name="sequence_version_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("rfq", "Request to vendors"), ("sequence", "Sequence")],
                        default="rfq",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        help_text="First part of the reply addresses, such as “jet”.", max_length=20
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "approval_policy",
                    models.CharField(
                        choices=[
                            ("every_message", "A person approves every message"),
                            ("first_n", "A person approves the first messages"),
                        ],
                        default="every_message",
                        max_length=20,
                    ),
                ),
                ("approve_first", models.PositiveIntegerField(default=50)),
                (
                    "offer",
                    models.CharField(
                        blank=True,
                        help_text="What this campaign proposes, in one sentence.",
                        max_length=300,
                    ),
                ),
                (
                    "exclusive",
                    models.BooleanField(
                        default=True,
                        help_text="Who is under way here is left out of other sequences.",
                    ),
                ),
                (
                    "contact_gap_days",
                    models.PositiveSmallIntegerField(
                        default=14, help_text="Leave out whom we wrote to within so many days."
                    ),
                ),
                (
                    "first_drafts_until",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="First touches that leave before this are drafted without waiting for their day.",
                        null=True,
                    ),
                ),
                ("contact_budget", models.PositiveIntegerField(default=20)),
                (
                    "follow_up_limit",
                    models.PositiveIntegerField(default=3, help_text="Per vendor."),
                ),
                (
                    "negotiation_limit",
                    models.PositiveIntegerField(default=3, help_text="Rounds per vendor."),
                ),
                ("paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("paused_by", models.CharField(blank=True, editable=False, max_length=150)),
                ("pause_reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "audience",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        help_text="Whom a segment meant when the campaign was made.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign",
                        to="crm.segmentsnapshot",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="crm.request",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="outreach.mailbox",
                    ),
                ),
                (
                    "text_mailbox",
                    models.ForeignKey(
                        blank=True,
                        help_text="The number text messages leave from, where the sequence has some.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outreach.mailbox",
                    ),
                ),
                (
                    "sequence_version",
                    models.ForeignKey(
                        blank=True,
                        help_text="What people enrolled from now on follow.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="outreach.sequenceversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "permissions": [
                    ("pause_campaign", "Can pause and resume campaigns"),
                    ("pause_everything", "Can pause and resume all sending"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rfq"), _negated=True),
                            ("approval_policy", "every_message"),
                            _connector="OR",
                        ),
                        name="rfq_needs_every_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rfq"), _negated=True),
                            ("request__isnull", False),
                            _connector="OR",
                        ),
                        name="rfq_has_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rfq"), ("sequence_version__isnull", True)),
                            models.Q(("kind", "sequence"), ("sequence_version__isnull", False)),
                            _connector="OR",
                        ),
                        name="sequence_has_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrollment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Phone"),
                            ("web_form", "Web form"),
                            ("social", "Social network"),
                        ],
                        default="email",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("active", "Awaiting reply"),
                            ("replied", "Replied"),
                            ("handed_over", "With a person"),
                            ("completed", "Completed"),
                            ("stopped", "Stopped"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=outreach.models.enrollment.new_token,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("match_reasons", models.JSONField(blank=True, default=list)),
                (
                    "needs_person",
                    models.BooleanField(
                        default=False, help_text="A person must look before anything more is sent."
                    ),
                ),
                ("stop_reason", models.CharField(blank=True, max_length=300)),
                ("notes", models.TextField(blank=True)),
                ("variant", models.CharField(blank=True, max_length=20)),
                (
                    "step",
                    models.PositiveSmallIntegerField(default=0, help_text="The last touch made."),
                ),
                (
                    "next_touch_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the desk looks at it next, to make a touch or end.",
                        null=True,
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True, help_text="The recipient's time zone.", max_length=64
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What was known of the person when they came in.",
                    ),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_by", models.CharField(blank=True, max_length=150)),
                ("last_outbound_at", models.DateTimeField(blank=True, null=True)),
                ("last_inbound_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrollments",
                        to="outreach.campaign",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The thread that goes on, where two in one campaign turned out to be one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duplicates",
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.contactpoint",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="outreach.sequenceversion",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "indexes": [
                    models.Index(fields=["-last_inbound_at"], name="enrollment_last_inbound"),
                    models.Index(fields=["-created_at", "id"], name="enrollment_newest"),
                    models.Index(
                        fields=["version", "status", "campaign"], name="enrollment_standing"
                    ),
                    models.Index(
                        condition=models.Q(("needs_person", True)),
                        fields=["campaign"],
                        name="enrollment_needs_person",
                    ),
                    models.Index(
                        condition=models.Q(("paused_at__isnull", False)),
                        fields=["campaign"],
                        name="enrollment_paused",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("next_touch_at__isnull", False),
                            ("paused_at", None),
                            ("status__in", ["active", "pending"]),
                        ),
                        fields=["next_touch_at"],
                        name="enrollment_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("duplicate_of__isnull", True)),
                        fields=("campaign", "contact"),
                        name="enrolled_once_per_campaign",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("outbound", "Outbound"), ("inbound", "Inbound")], max_length=10
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Phone"),
                            ("web_form", "Web form"),
                            ("social", "Social network"),
                        ],
                        default="email",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "First contact"),
                            ("follow_up", "Follow-up"),
                            ("negotiation", "Negotiation"),
                            ("answer", "Answer"),
                            ("reply", "Reply"),
                            ("auto_reply", "Automatic reply"),
                            ("help", "Asked for help"),
                            ("bounce", "Bounce"),
                            ("complaint", "Complaint"),
                            ("logged", "Logged by hand"),
                        ],
                        default="first",
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ea_review", "To review"),
                            ("approved", "Approved"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("replied", "Replied"),
                            ("bounced", "Bounced"),
                            ("complained", "Complained"),
                            ("failed", "Failed"),
                            ("uncertain", "Uncertain"),
                            ("skipped", "Skipped"),
                            ("cancelled", "Cancelled"),
                            ("received", "Received"),
                            ("processed", "Processed"),
                            ("needs_attention", "Needs attention"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Which touch of the sequence it is.", null=True
                    ),
                ),
                ("variant", models.CharField(blank=True, max_length=20)),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why it stands where it stands, in words."
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=998)),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("from_name", models.CharField(blank=True, max_length=200)),
                ("from_address", models.CharField(blank=True, max_length=320)),
                ("to_address", models.CharField(blank=True, max_length=500)),
                ("reply_to", models.CharField(blank=True, max_length=320)),
                ("version", models.PositiveIntegerField(default=1)),
                ("flagged", models.BooleanField(default=False)),
                ("fact_marks", models.JSONField(blank=True, default=list)),
                (
                    "engine",
                    models.CharField(blank=True, help_text="What wrote the draft.", max_length=40),
                ),
                (
                    "original",
                    models.JSONField(
                        blank=True, default=dict, help_text="Subject and body as first drafted."
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_by", models.CharField(blank=True, max_length=64)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "hand_over_at",
                    models.DateTimeField(
                        blank=True, help_text="Set before the provider is spoken to.", null=True
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("rfc_message_id", models.CharField(blank=True, max_length=255)),
                ("in_reply_to", models.CharField(blank=True, max_length=255)),
                ("references", models.TextField(blank=True)),
                ("provider", models.CharField(blank=True, max_length=40)),
                ("provider_message_id", models.CharField(blank=True, max_length=255)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("machine_opened_at", models.DateTimeField(blank=True, null=True)),
                ("bounced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bounce_cause",
                    models.CharField(
                        blank=True,
                        help_text="Why it came back, as the table of causes names it.",
                        max_length=24,
                    ),
                ),
                ("complained_at", models.DateTimeField(blank=True, null=True)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("own_ranges", models.JSONField(blank=True, default=list)),
                ("sender_known", models.BooleanField(default=True)),
                ("logged_by", models.CharField(blank=True, max_length=150)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="outreach.campaign",
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outreach.mailbox",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "permissions": [
                    ("approve_message", "Can approve and skip drafts"),
                    ("bulk_approve_message", "Can approve across campaigns in bulk"),
                    ("triage_message", "Can attach, reprocess and dismiss inbound mail"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["mailbox", "due_at", "created_at"],
                        name="message_due",
                    ),
                    models.Index(
                        condition=models.Q(("status", "sending")),
                        fields=["lease_until"],
                        name="message_leased",
                    ),
                    models.Index(
                        fields=["campaign", "direction", "status", "enrollment"],
                        name="message_campaign_status",
                    ),
                    models.Index(fields=["status", "-created_at"], name="message_status_created"),
                    models.Index(
                        condition=models.Q(("direction", "inbound")),
                        fields=["-received_at", "-id", "kind"],
                        name="message_inbox",
                    ),
                    models.Index(
                        condition=models.Q(("direction", "inbound")),
                        fields=["campaign", "-received_at", "-id", "kind"],
                        name="message_campaign_heard",
                    ),
                    models.Index(
                        condition=models.Q(("direction", "outbound")),
                        fields=["sent_at", "campaign", "status"],
                        name="message_sent",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="message_newest"),
                    models.Index(fields=["rfc_message_id"], name="message_rfc_id"),
                    models.Index(fields=["provider_message_id"], name="message_provider_id"),
                    models.Index(fields=["to_address", "-sent_at"], name="message_to_sent"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("direction", "outbound"),
                            models.Q(("rfc_message_id", ""), _negated=True),
                        ),
                        fields=("rfc_message_id",),
                        name="outbound_message_id_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("direction", "outbound"),
                            ("kind", "first"),
                            models.Q(("status__in", ["skipped", "cancelled"]), _negated=True),
                        ),
                        fields=("enrollment",),
                        name="one_first_message_per_enrollment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "outbound"), ("step__isnull", False)),
                        fields=("enrollment", "step"),
                        name="one_message_per_touch",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageReading",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="outreach.message",
                    ),
                ),
                (
                    "intent",
                    models.CharField(
                        choices=[
                            ("interested", "Interested"),
                            ("question", "Question"),
                            ("not_interested", "Not interested"),
                            ("deferral", "Later"),
                            ("referral", "Names somebody else"),
                            ("wrong_person", "Wrong person"),
                            ("opt_out", "Wants us to stop"),
                            ("complaint", "Complaint"),
                            ("out_of_office", "Out of office"),
                            ("auto_reply", "Automatic reply"),
                            ("bounce", "Bounce"),
                            ("unknown", "Unclear"),
                        ],
                        max_length=16,
                    ),
                ),
                ("sentiment", models.CharField(max_length=10)),
                ("score", models.FloatField(help_text="From −1, angry, to 1, glad.")),
                ("opt_out", models.BooleanField(default=False)),
                ("opt_out_verdict", models.CharField(max_length=10)),
                ("meeting_requested", models.BooleanField(default=False)),
                ("referred_to", models.CharField(blank=True, max_length=300)),
                ("defer_until", models.DateField(blank=True, null=True)),
                ("objection", models.CharField(blank=True, max_length=20)),
                ("escalate", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("confidence", models.FloatField()),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("engine", models.CharField(max_length=80)),
                (
                    "ask_model_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From when on a model is to be asked about it; empty where that is settled.",
                        null=True,
                    ),
                ),
                ("decision", models.JSONField(blank=True, default=dict)),
                (
                    "corrected_intent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "Interested"),
                            ("question", "Question"),
                            ("not_interested", "Not interested"),
                            ("deferral", "Later"),
                            ("referral", "Names somebody else"),
                            ("wrong_person", "Wrong person"),
                            ("opt_out", "Wants us to stop"),
                            ("complaint", "Complaint"),
                            ("out_of_office", "Out of office"),
                            ("auto_reply", "Automatic reply"),
                            ("bounce", "Bounce"),
                            ("unknown", "Unclear"),
                        ],
                        max_length=16,
                    ),
                ),
                ("corrected_by", models.CharField(blank=True, max_length=150)),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-read_at"],
                "indexes": [
                    models.Index(fields=["intent", "-read_at"], name="reading_intent"),
                    models.Index(fields=["-read_at"], name="reading_newest"),
                    models.Index(
                        condition=models.Q(("ask_model_at__isnull", False)),
                        fields=["ask_model_at"],
                        name="reading_to_ask_about",
                    ),
                    models.Index(
                        condition=models.Q(("corrected_at__isnull", False)),
                        fields=["corrected_at"],
                        name="reading_corrected",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", -1), ("score__lte", 1)),
                        name="reading_score_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="reading_confidence_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("named", "Named by somebody we wrote to"),
                            ("to_find", "To be found"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(blank=True, max_length=160)),
                ("email", models.CharField(blank=True, max_length=320)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a decision"),
                            ("accepted", "Taken in"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["-created_at"],
                        name="proposal_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "kind"), name="one_proposal_per_reply"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            models.Q(("decided_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("worker", models.CharField(max_length=64)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("sent", "Handed over"),
                            ("temporary", "Temporary failure"),
                            ("permanent", "Permanent failure"),
                            ("refused", "Refused by the gate"),
                            ("held", "Held"),
                            ("abandoned", "Worker lost before hand-over"),
                            ("uncertain", "Unknown whether taken"),
                        ],
                        default="started",
                        max_length=12,
                    ),
                ),
                (
                    "detail",
                    models.TextField(
                        blank=True, help_text="The provider's or the gate's own words."
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "number"), name="attempt_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("content_type", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=outreach.models.attachment.attachment_path
                    ),
                ),
                (
                    "left_out",
                    models.CharField(
                        blank=True, help_text="Why it was not stored.", max_length=200
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "approved_by",
                    models.CharField(
                        help_text="The name at the time, or the policy.", max_length=150
                    ),
                ),
                (
                    "edited",
                    models.BooleanField(
                        default=False, help_text="The draft was changed before approval."
                    ),
                ),
                ("approved_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=200)),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-approved_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("message",),
                        name="one_standing_approval_per_message",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hot", "Needs you now"),
                            ("passed_on", "Passed on to you, unseen by others"),
                            ("unseen", "Nobody has looked"),
                            ("again", "They wrote again"),
                            ("assigned", "Assigned to you"),
                            ("reminder", "Today is the day they named"),
                            ("complaint", "A complaint"),
                            ("mention", "You are mentioned in a note"),
                            ("mailbox", "A mailbox was paused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["user", "-created_at"],
                        name="alert_unseen",
                    ),
                    models.Index(fields=["user", "-created_at"], name="alert_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("message__isnull", False),
                            models.Q(("kind__in", ["passed_on", "unseen"]), _negated=True),
                        ),
                        fields=("user", "message", "kind"),
                        name="told_once_of_a_message",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("return_on", models.DateField(blank=True, null=True)),
                (
                    "gone",
                    models.BooleanField(default=False, help_text="They no longer work there."),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absence",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-noted_at"],
                "indexes": [
                    models.Index(fields=["contact", "-noted_at"], name="absence_of_contact")
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("whatsapp", "WhatsApp"),
                            ("web_form", "Web form"),
                            ("social", "Social profile"),
                        ],
                        default="email",
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=320)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="As their mail program says.", max_length=160
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("wrote", "Wrote"), ("to", "Written to"), ("cc", "Copied in")],
                        max_length=5,
                    ),
                ),
                ("first_seen", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="outreach.enrollment",
                    ),
                ),
            ],
            options={
                "ordering": ["first_seen", "value"],
                "indexes": [
                    models.Index(fields=["value", "-first_seen"], name="participant_value")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrollment", "kind", "value"), name="participant_once_per_thread"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("esp", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("inbound", "Inbound mail"), ("tracking", "Tracking")],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("event_type", models.CharField(blank=True, max_length=40)),
                (
                    "payload",
                    models.JSONField(default=dict, help_text="Normalised: recipient, ids, times."),
                ),
                ("raw", models.BinaryField(default=bytes, help_text="The bytes as they came.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("processing", "Processing"),
                            ("processed", "Processed"),
                            ("needs_attention", "Needs attention"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="received",
                        max_length=16,
                    ),
                ),
                (
                    "detail",
                    models.TextField(blank=True, help_text="Why it stands where it stands."),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="outreach.message",
                    ),
                ),
            ],
            options={
                "ordering": ["received_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["received", "processing"])),
                        fields=["received_at"],
                        name="provider_event_open",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("message__isnull", True), ("status", "needs_attention")
                        ),
                        fields=["-received_at"],
                        name="provider_event_triage",
                    ),
                    models.Index(fields=["-received_at", "-id"], name="provider_event_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("esp", "kind", "key"), name="provider_event_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token", models.CharField(max_length=200)),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of method, path and body.", max_length=64),
                ),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("body", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField(db_index=True)),
                (
                    "api_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outreach.apikey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("api_key", "token"), name="one_answer_per_token"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThrottleWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=320)),
                ("start", models.DateTimeField()),
                ("used", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "start"), name="throttle_window_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("url", models.URLField(max_length=500)),
                ("events", models.JSONField(default=list)),
                ("generation", models.PositiveIntegerField(default=1, editable=False)),
                ("rotated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("disabled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("disabled_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("url",), name="one_endpoint_per_url")
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event_id", models.UUIDField()),
                ("event", models.CharField(max_length=40)),
                ("payload", models.JSONField(default=dict)),
                ("contact_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("address", models.CharField(blank=True, max_length=320)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Given up"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_try_at",
                    models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True),
                ),
                ("response_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("response_excerpt", models.CharField(blank=True, max_length=500)),
                ("took_ms", models.PositiveIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="outreach.webhookendpoint",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["next_try_at"],
                        name="webhook_delivery_due",
                    ),
                    models.Index(fields=["endpoint", "-created_at"], name="webhook_delivery_log"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "event_id"), name="an_event_once_per_endpoint"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("status", "pending")),
                            models.Q(
                                ("next_try_at__isnull", True),
                                ("status__in", ["delivered", "failed"]),
                            ),
                            _connector="OR",
                        ),
                        name="waiting_deliveries_have_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyCadence",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("connection_requests", models.PositiveSmallIntegerField(help_text="A week.")),
                ("follow_ups_per_person", models.PositiveSmallIntegerField()),
                ("shares", models.JSONField()),
                ("slots", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_by", models.CharField(max_length=150)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "weekly cadence",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_weekly_cadence")
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(choices=[("email", "E-mail"), ("sms", "SMS")], max_length=5),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("not_needed", "Seen before it was sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="outreach.alert",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "alert deliveries",
                "ordering": ["due_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["waiting", "sending"])),
                        fields=["due_at"],
                        name="alert_delivery_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alert", "channel"), name="alert_once_per_channel"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "enrollment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="conversation",
                        serialize=False,
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting", "Awaiting reply"),
                            ("replied", "Replied"),
                            ("taken_over", "With a person"),
                            ("closed", "Closed"),
                        ],
                        default="awaiting",
                        max_length=12,
                    ),
                ),
                (
                    "intent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "Interested"),
                            ("question", "Question"),
                            ("not_interested", "Not interested"),
                            ("deferral", "Later"),
                            ("referral", "Names somebody else"),
                            ("wrong_person", "Wrong person"),
                            ("opt_out", "Wants us to stop"),
                            ("complaint", "Complaint"),
                            ("out_of_office", "Out of office"),
                            ("auto_reply", "Automatic reply"),
                            ("bounce", "Bounce"),
                            ("unknown", "Unclear"),
                        ],
                        help_text="What their last reply wants.",
                        max_length=16,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("cold", "Cold"),
                            ("opted_out", "Opted out"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "engaged",
                    models.BooleanField(
                        default=False, help_text="They ask again, or ask and are keen."
                    ),
                ),
                ("last_reply_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When one of us last answered, or found that nothing is to be answered.",
                        null=True,
                    ),
                ),
                (
                    "answer_wanted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when a question waits for the draft of an answer.",
                        null=True,
                    ),
                ),
                (
                    "hot_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when a person of ours is to take over.",
                        null=True,
                    ),
                ),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pass_on_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it goes to the next person if nobody has looked.",
                        null=True,
                    ),
                ),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("resume_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resume_touches",
                    models.BooleanField(
                        default=False,
                        help_text="The sequence goes on then; else a person is reminded.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conversations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-last_reply_at"],
                "indexes": [
                    models.Index(fields=["-last_reply_at"], name="conversation_newest"),
                    models.Index(fields=["state", "-last_reply_at"], name="conversation_state"),
                    models.Index(fields=["owner", "-last_reply_at"], name="conversation_owner"),
                    models.Index(
                        condition=models.Q(("hot_since__isnull", False)),
                        fields=["-last_reply_at"],
                        name="conversation_hot",
                    ),
                    models.Index(
                        condition=models.Q(("intent", "question"), ("state", "replied")),
                        fields=["-last_reply_at"],
                        name="conversation_question",
                    ),
                    models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["-last_reply_at"],
                        name="conversation_snoozed",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answered_at", None),
                            ("last_reply_at__gt", models.F("answered_at")),
                            ("hot_since__gt", models.F("answered_at")),
                            _connector="OR",
                        ),
                        fields=["state", "-last_reply_at"],
                        name="conversation_waits",
                    ),
                    models.Index(
                        condition=models.Q(("pass_on_at__isnull", False)),
                        fields=["pass_on_at"],
                        name="conversation_pass_on",
                    ),
                    models.Index(
                        condition=models.Q(("resume_at__isnull", False)),
                        fields=["resume_at"],
                        name="conversation_resume",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="closed_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "replied"), _negated=True),
                            models.Q(("intent", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="replied_with_an_intent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftOrder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reasons",
                    models.JSONField(default=list, help_text="Why this vendor suits the request."),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("actor", models.CharField(help_text="Who asked for the draft.", max_length=150)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("left_out", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_orders",
                        to="outreach.campaign",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.contactpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["created_at"],
                        name="draft_order_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "company"), name="one_draft_order_per_vendor"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KnowledgeEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("question", models.CharField(max_length=300)),
                (
                    "phrasings",
                    models.TextField(
                        blank=True, help_text="Other ways to ask the same, a line each."
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        help_text="One to three sentences, as they may stand in a message to anybody."
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish"), ("ru", "Russian")],
                        default="en",
                        max_length=2,
                    ),
                ),
                (
                    "holds_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day this is true; empty: until changed.",
                        null=True,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("updated_by", models.CharField(blank=True, editable=False, max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only in this campaign; empty: everywhere.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="knowledge",
                        to="outreach.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "knowledge entries",
                "ordering": ["question"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "language", "campaign"),
                        name="a_question_once_per_campaign",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
