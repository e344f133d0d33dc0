import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models

import compliance.models.consent


class Migration(migrations.Migration):
    replaces = [
        ("compliance", "0001_initial"),
        ("compliance", "0003_suppression_by_person_and_hash"),
        ("compliance", "0004_calling_rules_holidays_and_blackouts"),
        ("compliance", "0005_dnc_lists"),
        ("compliance", "0006_evidence_permission"),
        ("compliance", "0007_consent"),
        ("compliance", "0008_laws_on_cold_email"),
        ("compliance", "0009_implied_consent"),
        ("compliance", "0010_time_ordered_ids"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DncBlock",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("bits", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="DncFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="national, internal, or a state: state:FL.", max_length=10
                    ),
                ),
                ("list_date", models.DateField(help_text="The day the list was downloaded.")),
                (
                    "san",
                    models.CharField(
                        blank=True,
                        help_text="National lists only.",
                        max_length=40,
                        verbose_name="subscription account number",
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                (
                    "position",
                    models.PositiveBigIntegerField(default=0, help_text="Bytes read so far."),
                ),
                (
                    "numbers",
                    models.PositiveBigIntegerField(default=0, help_text="Numbers read so far."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("loading", "Loading"),
                            ("loaded", "Loaded"),
                            ("waiting", "Waits for a decision"),
                            ("failed", "Refused"),
                        ],
                        db_index=True,
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "problem",
                    models.TextField(
                        blank=True, help_text="Why it was refused, or what it waits for."
                    ),
                ),
                ("handed_in_by", models.CharField(max_length=150)),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                (
                    "touched_at",
                    models.DateTimeField(help_text="The import's last sign of life.", null=True),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "upload",
                    models.FileField(
                        blank=True, help_text="Until it is worked off.", upload_to="dnc"
                    ),
                ),
            ],
            options={
                "verbose_name": "do-not-call file",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "actor",
                    models.CharField(
                        help_text="User name, API key or machine part.", max_length=150
                    ),
                ),
                ("action", models.CharField(db_index=True, max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=64)),
                ("campaign_id", models.UUIDField(db_index=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 over the entry's own content.", max_length=64
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-id"],
                "permissions": [
                    ("export_evidence", "Can read and export the evidence about a person")
                ],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="audit_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("chain_hash", models.CharField(max_length=64)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="compliance.auditentry",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="BlackoutDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "jurisdiction",
                    models.CharField(
                        blank=True,
                        help_text="“US-LA” for one state, “US” for the country; empty: everywhere.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|house)$",
                                "Write a country (“US”), a state (“US-FL”) or “house”.",
                            )
                        ],
                    ),
                ),
                ("day", models.DateField()),
                ("reason", models.CharField(help_text="Who proclaimed what.", max_length=200)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where it was announced.", max_length=300
                    ),
                ),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(editable=False)),
            ],
            options={
                "ordering": ["-day", "jurisdiction"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "day"), name="blackout_once_per_jurisdiction_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallingRuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(editable=False, max_length=120)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("superseded", models.BooleanField(default=False, editable=False)),
                (
                    "jurisdiction",
                    models.CharField(
                        help_text="“US” for the whole country, “US-FL” for a state, “house” for our own rule.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|house)$",
                                "Write a country (“US”), a state (“US-FL”) or “house”.",
                            )
                        ],
                    ),
                ),
                (
                    "citation",
                    models.CharField(
                        help_text="The statute or rule, as a lawyer cites.", max_length=300
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="Where it was read.", max_length=300),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("counsel", "Confirmed by counsel"),
                            ("verified-primary", "Statute or official page read"),
                            ("verified-secondary", "Secondary page read"),
                            ("knowledge", "General knowledge, unchecked"),
                            ("own", "Our own rule"),
                        ],
                        default="knowledge",
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "effective_from",
                    models.DateField(help_text="The first day on which it is applied."),
                ),
                (
                    "effective_to",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer is; empty: it stands.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        help_text="Shown in “What changed”.",
                        max_length=300,
                        verbose_name="why this version",
                    ),
                ),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(editable=False)),
                (
                    "weekdays",
                    models.CharField(help_text="Days on which these hours apply.", max_length=30),
                ),
                ("opens", models.TimeField(default=datetime.time(8, 0))),
                (
                    "closes",
                    models.TimeField(default=datetime.time(21, 0), help_text="Not included."),
                ),
                (
                    "holidays_barred",
                    models.BooleanField(
                        default=False, help_text="Nobody is called on this jurisdiction's holidays."
                    ),
                ),
                (
                    "max_per_24h",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Calls and texts to one person in any 24 hours; empty: no cap of its own.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="most in 24 hours",
                    ),
                ),
                (
                    "texts_covered",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unclear", "Unclear")],
                        default="unclear",
                        help_text="Whether the law speaks of texts; the desk obeys it for texts either way.",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "calling rule",
                "ordering": ["jurisdiction", "line", "-version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "version"), name="callingruleversion_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("line",),
                        name="callingruleversion_one_newest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="callingruleversion_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens__lt", models.F("closes"))),
                        name="calling_rule_opens_before_it_closes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("jurisdiction", "house"), ("superseded", False)),
                        fields=("jurisdiction",),
                        name="calling_rule_one_house_rule",
                        violation_error_message="There is one house rule: edit that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays", ""), _negated=True),
                        name="calling_rule_names_a_weekday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "address_kind",
                    models.CharField(
                        choices=[("email", "E-mail address"), ("phone", "Phone number")],
                        max_length=10,
                    ),
                ),
                ("address", models.CharField(max_length=320)),
                ("person_name", models.CharField(blank=True, max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "Written and signed"),
                            ("oral", "Spoken"),
                            ("existing_business", "Existing business relationship"),
                            ("inquiry", "Inquiry of theirs"),
                            ("publicly_listed", "Address published for this purpose"),
                        ],
                        max_length=20,
                    ),
                ),
                ("channels", models.JSONField(default=list)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("marketing", "Marketing"), ("information", "Information only")],
                        default="marketing",
                        max_length=12,
                    ),
                ),
                (
                    "seller",
                    models.CharField(
                        blank=True,
                        help_text="Whom the text names as the one who will write.",
                        max_length=160,
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, help_text="The words shown or said, exactly."),
                ),
                (
                    "text_hash",
                    models.CharField(
                        editable=False, help_text="SHA-256 of the words.", max_length=64
                    ),
                ),
                (
                    "automation_shown",
                    models.BooleanField(
                        default=False,
                        help_text="The words say that marketing may be sent by an automated system.",
                    ),
                ),
                (
                    "not_condition_shown",
                    models.BooleanField(
                        default=False,
                        help_text="The words say that consent is no condition of a purchase.",
                    ),
                ),
                (
                    "concerns_role",
                    models.BooleanField(
                        default=False,
                        help_text="Of a published address: what we write concerns this person’s work, and no word beside the address refuses such mail.",
                    ),
                ),
                (
                    "affirmative_act",
                    models.CharField(
                        choices=[
                            ("checkbox", "Ticked a box"),
                            ("typed_signature", "Typed or drew a signature"),
                            ("keyword", "Texted a keyword"),
                            ("reply", "Replied"),
                            ("paper", "Signed on paper"),
                            ("spoken", "Said so"),
                            ("none", "Nothing: it follows from the relationship"),
                        ],
                        default="none",
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where: web form, fair, phone call.", max_length=120
                    ),
                ),
                ("page_url", models.URLField(blank=True, max_length=500)),
                (
                    "form",
                    models.CharField(
                        blank=True, help_text="Which form, which version.", max_length=120
                    ),
                ),
                (
                    "collected_by",
                    models.CharField(
                        blank=True,
                        help_text="Who collected it, where that was not us.",
                        max_length=160,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "ip",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="IP address"),
                ),
                ("user_agent", models.TextField(blank=True)),
                (
                    "evidence",
                    models.FileField(
                        blank=True,
                        help_text="A screenshot, a signed page, a recording.",
                        upload_to=compliance.models.consent.evidence_path,
                    ),
                ),
                ("evidence_name", models.CharField(blank=True, editable=False, max_length=255)),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: for as long as the law lets it stand.",
                        null=True,
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("recorded_by", models.CharField(editable=False, max_length=150)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_by", models.CharField(blank=True, editable=False, max_length=150)),
                ("revoke_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("restricted_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-given_at", "id"],
                "permissions": [
                    ("revoke_consent", "Can revoke consents"),
                    ("view_restricted_consent", "Can see the consents of erased people"),
                ],
                "indexes": [models.Index(fields=["address"], name="consent_address")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address_kind", "address", "seller", "given_at", "text_hash"),
                        name="consent_recorded_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "written"), _negated=True),
                            models.Q(
                                models.Q(("seller", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="written_consent_has_seller_and_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            models.Q(("revoked_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consent_revoked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmailLawVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(editable=False, max_length=120)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("superseded", models.BooleanField(default=False, editable=False)),
                (
                    "jurisdiction",
                    models.CharField(
                        help_text="“US” for the whole country, “US-FL” for a state, “house” for our own rule.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|house)$",
                                "Write a country (“US”), a state (“US-FL”) or “house”.",
                            )
                        ],
                    ),
                ),
                (
                    "citation",
                    models.CharField(
                        help_text="The statute or rule, as a lawyer cites.", max_length=300
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="Where it was read.", max_length=300),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("counsel", "Confirmed by counsel"),
                            ("verified-primary", "Statute or official page read"),
                            ("verified-secondary", "Secondary page read"),
                            ("knowledge", "General knowledge, unchecked"),
                            ("own", "Our own rule"),
                        ],
                        default="knowledge",
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "effective_from",
                    models.DateField(help_text="The first day on which it is applied."),
                ),
                (
                    "effective_to",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer is; empty: it stands.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        help_text="Shown in “What changed”.",
                        max_length=300,
                        verbose_name="why this version",
                    ),
                ),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(editable=False)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("opt_out", "Allowed until they say no"),
                            ("companies", "Allowed to companies only"),
                            ("implied", "Needs consent, given or implied"),
                            ("opt_in", "Refused until they agree"),
                        ],
                        default="opt_in",
                        max_length=12,
                        verbose_name="marketing without consent",
                    ),
                ),
                (
                    "relationship_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long a purchase or contract implies consent; empty: it does not.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months after a purchase",
                    ),
                ),
                (
                    "inquiry_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long a question of theirs implies consent; empty: it does not.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months after an inquiry",
                    ),
                ),
                (
                    "published_address",
                    models.BooleanField(
                        default=False,
                        help_text="A business address published without a word against such mail implies consent to what concerns that work.",
                        verbose_name="a published address counts",
                    ),
                ),
            ],
            options={
                "verbose_name": "law on cold e-mail",
                "verbose_name_plural": "laws on cold e-mail",
                "ordering": ["jurisdiction", "line", "-version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "version"), name="emaillawversion_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("line",),
                        name="emaillawversion_one_newest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="emaillawversion_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("jurisdiction",),
                        name="email_law_one_a_country",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("basis", "implied"),
                                models.Q(
                                    ("inquiry_months", None),
                                    ("published_address", False),
                                    ("relationship_months", None),
                                    _negated=True,
                                ),
                            ),
                            models.Q(
                                models.Q(("basis", "implied"), _negated=True),
                                ("inquiry_months", None),
                                ("published_address", False),
                                ("relationship_months", None),
                            ),
                            _connector="OR",
                        ),
                        name="email_law_implied_by_something",
                        violation_error_message="What implies consent goes with “needs consent, given or implied”, and with that alone: name months or a published address there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HolidayRuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(editable=False, max_length=120)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("superseded", models.BooleanField(default=False, editable=False)),
                (
                    "jurisdiction",
                    models.CharField(
                        help_text="“US” for the whole country, “US-FL” for a state, “house” for our own rule.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?|house)$",
                                "Write a country (“US”), a state (“US-FL”) or “house”.",
                            )
                        ],
                    ),
                ),
                (
                    "citation",
                    models.CharField(
                        help_text="The statute or rule, as a lawyer cites.", max_length=300
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="Where it was read.", max_length=300),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("counsel", "Confirmed by counsel"),
                            ("verified-primary", "Statute or official page read"),
                            ("verified-secondary", "Secondary page read"),
                            ("knowledge", "General knowledge, unchecked"),
                            ("own", "Our own rule"),
                        ],
                        default="knowledge",
                        max_length=20,
                        verbose_name="certainty",
                    ),
                ),
                (
                    "effective_from",
                    models.DateField(help_text="The first day on which it is applied."),
                ),
                (
                    "effective_to",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer is; empty: it stands.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        help_text="Shown in “What changed”.",
                        max_length=300,
                        verbose_name="why this version",
                    ),
                ),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(editable=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "rule",
                    models.CharField(
                        help_text="“07-04”, “Mon#3 Jan”, “Mon#-1 May” (the last), “Thu#4 Nov +1”, “Easter-2”.",
                        max_length=30,
                    ),
                ),
                (
                    "shift",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "On the day only"),
                            ("weekend", "Also Friday for a Saturday, Monday for a Sunday"),
                            ("monday", "Also the Monday before; from a weekend, the Monday after"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="kept on",
                    ),
                ),
                (
                    "years",
                    models.CharField(
                        blank=True,
                        choices=[("", "Every year"), ("even", "Even years")],
                        default="",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday",
                "ordering": ["jurisdiction", "line", "-version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "version"), name="holidayruleversion_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("line",),
                        name="holidayruleversion_one_newest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="holidayruleversion_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DncVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=10)),
                (
                    "area_code",
                    models.CharField(blank=True, help_text="Blank: the whole list.", max_length=3),
                ),
                ("covers", models.JSONField(default=list, help_text="The area codes found in it.")),
                ("list_date", models.DateField()),
                ("san", models.CharField(blank=True, max_length=40)),
                ("numbers", models.PositiveBigIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("loading", "Loading"),
                            ("waiting", "Waits for a decision"),
                            ("active", "In force"),
                            ("superseded", "Superseded"),
                            ("failed", "Refused"),
                        ],
                        default="loading",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it waits or was refused.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("activated_at", models.DateTimeField(null=True)),
                ("activated_by", models.CharField(blank=True, max_length=150)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("purged_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="compliance.dncfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "do-not-call list",
                "ordering": ["source", "area_code", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "active")),
                        fields=("source", "area_code"),
                        name="dnc_one_list_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "national"), _negated=True),
                            models.Q(("area_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dnc_national_by_area_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InternalDncNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone", models.BigIntegerField(help_text="International form without the plus.")),
                ("reason", models.TextField(help_text="Who asked, where, in which words.")),
                ("added_by", models.CharField(max_length=150)),
                ("added_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=150)),
                ("lift_reason", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="compliance.dncfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "number on our own list",
                "verbose_name_plural": "numbers on our own list",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("phone",),
                        name="dnc_internal_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail address"),
                            ("phone", "Phone number"),
                            ("domain", "E-mail domain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.CharField(max_length=320)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "All channels"),
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Phone calls"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("opt_out", "Opted out"),
                            ("unsubscribed", "Unsubscribed by link"),
                            ("hard_bounce", "Hard bounce"),
                            ("complaint", "Complaint"),
                            ("ambiguous", "Held: may be an opt-out"),
                            ("manual", "Entered by hand"),
                            ("erasure", "Asked to be erased"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(help_text="Where the request was heard.", max_length=120),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="The person's own words, where there were any."
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When the request reached us."
                    ),
                ),
                (
                    "latest_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it was last said again.",
                        null=True,
                    ),
                ),
                (
                    "effective_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="From when on nothing is sent.",
                    ),
                ),
                ("imported_from", models.CharField(blank=True, editable=False, max_length=120)),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("lifted_by", models.CharField(blank=True, editable=False, max_length=150)),
                (
                    "lifted_by_consent",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="compliance.consent",
                    ),
                ),
            ],
            options={
                "ordering": ["-effective_at", "-id"],
                "permissions": [
                    ("lift_suppression", "Can lift a suppression on a new consent"),
                    ("export_suppression", "Can export the suppression list"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["address"],
                        name="suppression_standing",
                    ),
                    models.Index(fields=["-effective_at", "-id"], name="suppression_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("kind", "address", "scope"),
                        name="one_standing_suppression_per_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True),
                            models.Q(("lifted_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suppression_lifted_by_somebody",
                    ),
                ],
            },
        ),
    ]
