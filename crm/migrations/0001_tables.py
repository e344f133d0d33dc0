import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import simple_history.models
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("crm", "0001_initial"),
        ("crm", "0002_social_profile"),
        ("crm", "0003_contact_place"),
        ("crm", "0004_contact_erased"),
        ("crm", "0005_kind_of_line"),
        ("crm", "0006_import_batch"),
        ("crm", "0007_prospects"),
        ("crm", "0008_scoring"),
        ("crm", "0009_merges"),
        ("crm", "0010_lists_through_the_browser"),
        ("crm", "0011_scoring_sweeps"),
        ("crm", "0012_segments"),
        ("crm", "0013_segment_assignments"),
        ("crm", "0015_deliverability"),
        ("crm", "0016_lead_board"),
        ("crm", "0017_people_of_a_company"),
        ("crm", "0018_pages_read_from_indexes"),
        ("crm", "0019_scores_seen"),
        ("crm", "0020_import_tally"),
        ("crm", "0021_company_street"),
        ("crm", "0022_time_ordered_ids"),
        ("crm", "0023_qualification_and_findings"),
        ("crm", "0024_merged_ones_indexed"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
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
                ("name", models.CharField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("commodity", "Commodity"),
                            ("considered", "Considered"),
                            ("service", "Service"),
                            ("bespoke", "Bespoke"),
                            ("high_value", "High value"),
                        ],
                        default="service",
                        max_length=20,
                    ),
                ),
                ("keywords", models.JSONField(blank=True, default=list)),
                ("fields", models.JSONField(blank=True, default=list)),
                (
                    "draft_template",
                    models.TextField(
                        blank=True,
                        help_text="Overrides the shipped draft template where filled in.",
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                (
                    "edited",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Staff changed it; upgrades leave it alone.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="MailDomain",
            fields=[
                ("domain", models.CharField(max_length=253, primary_key=True, serialize=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("deliverable", "Takes mail"),
                            ("undeliverable", "Takes no mail"),
                            ("unknown", "Could not be found out"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("checked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["domain"],
            },
        ),
        migrations.CreateModel(
            name="SegmentRules",
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
                ("number", models.PositiveIntegerField(unique=True)),
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
                    "cursor",
                    models.UUIDField(
                        editable=False, help_text="The last person put anew.", null=True
                    ),
                ),
                (
                    "looked_until",
                    models.DateTimeField(
                        editable=False,
                        help_text="Everybody was put by it; changes since then are too.",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for segments",
                "verbose_name_plural": "rules for segments",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ImportProfile",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contacts", "People"),
                            ("companies", "Companies"),
                            ("leads", "Leads"),
                        ],
                        max_length=10,
                        verbose_name="of",
                    ),
                ),
                ("header_key", models.CharField(editable=False, max_length=64)),
                (
                    "header",
                    models.JSONField(default=list, help_text="The headings, as they stood."),
                ),
                (
                    "mapping",
                    models.JSONField(
                        default=list, help_text="A field for each heading, blank for none."
                    ),
                ),
                (
                    "defaults",
                    models.JSONField(
                        blank=True, default=dict, help_text="Field → value of blank cells."
                    ),
                ),
                (
                    "keep_unknown",
                    models.BooleanField(
                        default=False,
                        help_text="As research, on the person.",
                        verbose_name="keep other columns",
                    ),
                ),
                ("created_by", models.CharField(blank=True, editable=False, max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["name"],
                "indexes": [
                    models.Index(fields=["kind", "header_key"], name="import_profile_header")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "name"),
                        name="import_profile_once",
                        violation_error_message="There is a profile of that name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
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
                ("session_key", models.CharField(max_length=80, verbose_name="session")),
                ("batch_id", models.PositiveIntegerField(verbose_name="batch")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contacts", "People"),
                            ("companies", "Companies"),
                            ("leads", "Leads"),
                        ],
                        max_length=10,
                        verbose_name="of",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Columns to look at"),
                            ("checking", "Being checked"),
                            ("checked", "Checked, not kept yet"),
                            ("running", "Running or broken off"),
                            ("done", "Done"),
                            ("failed", "Could not be read"),
                            ("undone", "Undone"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=120, verbose_name="file")),
                ("actor", models.CharField(max_length=150, verbose_name="by")),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("delimiter", models.CharField(blank=True, max_length=1)),
                ("header", models.JSONField(default=list)),
                ("columns", models.JSONField(default=dict, help_text="Heading → field.")),
                ("notes", models.JSONField(default=list)),
                (
                    "plan",
                    models.JSONField(
                        default=dict, editable=False, help_text="How it is to be read."
                    ),
                ),
                (
                    "samples",
                    models.JSONField(default=list, editable=False, help_text="The first, as made."),
                ),
                (
                    "tally",
                    models.JSONField(
                        default=dict, editable=False, help_text="Its numbers and mailboxes."
                    ),
                ),
                (
                    "problem",
                    models.TextField(blank=True, help_text="Why the file could not be read."),
                ),
                (
                    "about",
                    models.PositiveIntegerField(default=0, help_text="How many rows there may be."),
                ),
                ("read", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                (
                    "flagged",
                    models.PositiveIntegerField(default=0, help_text="Taken in, and worth a look."),
                ),
                ("companies_created", models.PositiveIntegerField(default=0)),
                ("contacts_created", models.PositiveIntegerField(default=0)),
                ("properties_created", models.PositiveIntegerField(default=0)),
                ("upload", models.FileField(blank=True, editable=False, upload_to="imports")),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("worker", models.CharField(blank=True, editable=False, max_length=40)),
                ("touched_at", models.DateTimeField(editable=False, null=True)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.importprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "ordering": ["-started_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("checking", "running"))),
                        fields=["touched_at"],
                        name="import_batch_moving",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session_key", "batch_id"), name="import_batch_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Company",
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
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vendor", "Vendor"),
                            ("prospect", "Prospect"),
                            ("client", "Client"),
                        ],
                        default="vendor",
                        max_length=10,
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=253, null=True, unique=True)),
                ("tin", models.CharField(blank=True, max_length=40, verbose_name="tax id")),
                ("registration_number", models.CharField(blank=True, max_length=60)),
                ("description", models.TextField(blank=True)),
                (
                    "regions",
                    models.JSONField(
                        blank=True, default=list, help_text="Places served; empty means everywhere."
                    ),
                ),
                (
                    "street",
                    models.CharField(blank=True, max_length=200, verbose_name="street address"),
                ),
                ("city", models.CharField(blank=True, max_length=120)),
                (
                    "country",
                    models.CharField(blank=True, help_text="ISO 3166, such as US.", max_length=2),
                ),
                ("timezone", models.CharField(blank=True, max_length=64)),
                (
                    "preferred_channel",
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
                ("active", models.BooleanField(default=True)),
                ("notes", models.TextField(blank=True)),
                ("industry", models.CharField(blank=True, max_length=120)),
                ("employees", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "is_sme",
                    models.BooleanField(
                        blank=True,
                        help_text="By the national register of SMEs.",
                        null=True,
                        verbose_name="small or medium",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("researched", "Researched"),
                            ("qualified", "Qualified"),
                            ("disqualified", "Disqualified"),
                        ],
                        default="new",
                        max_length=15,
                        verbose_name="qualification",
                    ),
                ),
                (
                    "tags",
                    models.JSONField(blank=True, default=list, help_text="Words to find it by."),
                ),
                (
                    "research",
                    models.TextField(blank=True, help_text="What was found out about it."),
                ),
                (
                    "ai_research_data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What research found, by its source.",
                        verbose_name="findings",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where it was learned from.", max_length=120
                    ),
                ),
                ("times_contacted", models.PositiveIntegerField(default=0, editable=False)),
                ("times_replied", models.PositiveIntegerField(default=0, editable=False)),
                ("response_hours", models.FloatField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "categories",
                    models.ManyToManyField(blank=True, related_name="companies", to="crm.category"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "companies",
                "ordering": ["name"],
                "indexes": [
                    models.Index(fields=["kind", "active"], name="company_kind_active"),
                    models.Index(
                        django.db.models.functions.text.Lower("name"), name="company_name_lower"
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("industry"),
                        name="company_industry_upper",
                    ),
                    models.Index(fields=["updated_at"], name="company_changed"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="company_merged",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into", None)),
                        fields=["name", "-id"],
                        name="company_by_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "name",
                    models.CharField(
                        blank=True, help_text="Empty for a role mailbox.", max_length=160
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(default="en", max_length=8)),
                ("timezone", models.CharField(blank=True, max_length=64)),
                (
                    "country",
                    models.CharField(blank=True, help_text="ISO 3166, such as US.", max_length=2),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True, help_text="US postal code, such as FL.", max_length=2
                    ),
                ),
                ("postal_code", models.CharField(blank=True, max_length=12)),
                (
                    "county",
                    models.CharField(
                        blank=True, help_text="Such as Orange or Gulf County.", max_length=80
                    ),
                ),
                ("is_primary", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("researched", "Researched"),
                            ("qualified", "Qualified"),
                            ("disqualified", "Disqualified"),
                        ],
                        default="new",
                        max_length=15,
                        verbose_name="qualification",
                    ),
                ),
                (
                    "tags",
                    models.JSONField(blank=True, default=list, help_text="Words to find them by."),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where they were learned from.", max_length=120
                    ),
                ),
                (
                    "ai_research_data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What research found, by its source.",
                        verbose_name="research",
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="crm.company",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "created_at"],
                "permissions": [
                    ("erase_contact", "Can erase people for good"),
                    ("export_contact", "Can export everything held about a person"),
                ],
                "indexes": [
                    models.Index(fields=["updated_at"], name="contact_changed"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="contact_merged",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into", None)),
                        fields=["name", "created_at", "-id"],
                        name="contact_by_name",
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("role"), name="contact_role_upper"
                    ),
                    models.Index(
                        models.F("company"),
                        django.db.models.functions.text.Upper("role"),
                        include=("id", "role", "erased_at", "merged_into"),
                        name="contact_of_company",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProperty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_index=True, default=uuid_utils.compat.uuid7, editable=False
                    ),
                ),
                ("parcel_id", models.CharField(max_length=60, verbose_name="parcel")),
                ("county", models.CharField(max_length=80)),
                ("state", models.CharField(help_text="US postal code, such as FL.", max_length=2)),
                (
                    "situs_address",
                    models.CharField(blank=True, max_length=200, verbose_name="address"),
                ),
                ("city", models.CharField(blank=True, max_length=120)),
                ("postal_code", models.CharField(blank=True, max_length=12)),
                (
                    "distress_reason",
                    models.CharField(
                        blank=True, help_text="Why its owner may want to sell.", max_length=200
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical property",
                "verbose_name_plural": "historical properties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_index=True, default=uuid_utils.compat.uuid7, editable=False
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Empty for a role mailbox.", max_length=160
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(default="en", max_length=8)),
                ("timezone", models.CharField(blank=True, max_length=64)),
                (
                    "country",
                    models.CharField(blank=True, help_text="ISO 3166, such as US.", max_length=2),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True, help_text="US postal code, such as FL.", max_length=2
                    ),
                ),
                ("postal_code", models.CharField(blank=True, max_length=12)),
                (
                    "county",
                    models.CharField(
                        blank=True, help_text="Such as Orange or Gulf County.", max_length=80
                    ),
                ),
                ("is_primary", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("researched", "Researched"),
                            ("qualified", "Qualified"),
                            ("disqualified", "Disqualified"),
                        ],
                        default="new",
                        max_length=15,
                        verbose_name="qualification",
                    ),
                ),
                (
                    "tags",
                    models.JSONField(blank=True, default=list, help_text="Words to find them by."),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where they were learned from.", max_length=120
                    ),
                ),
                (
                    "ai_research_data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What research found, by its source.",
                        verbose_name="research",
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contact",
                "verbose_name_plural": "historical contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCompany",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_index=True, default=uuid_utils.compat.uuid7, editable=False
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vendor", "Vendor"),
                            ("prospect", "Prospect"),
                            ("client", "Client"),
                        ],
                        default="vendor",
                        max_length=10,
                    ),
                ),
                ("domain", models.CharField(blank=True, db_index=True, max_length=253, null=True)),
                ("tin", models.CharField(blank=True, max_length=40, verbose_name="tax id")),
                ("registration_number", models.CharField(blank=True, max_length=60)),
                ("description", models.TextField(blank=True)),
                (
                    "regions",
                    models.JSONField(
                        blank=True, default=list, help_text="Places served; empty means everywhere."
                    ),
                ),
                (
                    "street",
                    models.CharField(blank=True, max_length=200, verbose_name="street address"),
                ),
                ("city", models.CharField(blank=True, max_length=120)),
                (
                    "country",
                    models.CharField(blank=True, help_text="ISO 3166, such as US.", max_length=2),
                ),
                ("timezone", models.CharField(blank=True, max_length=64)),
                (
                    "preferred_channel",
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
                ("active", models.BooleanField(default=True)),
                ("notes", models.TextField(blank=True)),
                ("industry", models.CharField(blank=True, max_length=120)),
                ("employees", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "is_sme",
                    models.BooleanField(
                        blank=True,
                        help_text="By the national register of SMEs.",
                        null=True,
                        verbose_name="small or medium",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("researched", "Researched"),
                            ("qualified", "Qualified"),
                            ("disqualified", "Disqualified"),
                        ],
                        default="new",
                        max_length=15,
                        verbose_name="qualification",
                    ),
                ),
                (
                    "tags",
                    models.JSONField(blank=True, default=list, help_text="Words to find it by."),
                ),
                (
                    "research",
                    models.TextField(blank=True, help_text="What was found out about it."),
                ),
                (
                    "ai_research_data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What research found, by its source.",
                        verbose_name="findings",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where it was learned from.", max_length=120
                    ),
                ),
                ("times_contacted", models.PositiveIntegerField(default=0, editable=False)),
                ("times_replied", models.PositiveIntegerField(default=0, editable=False)),
                ("response_hours", models.FloatField(editable=False, null=True)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical company",
                "verbose_name_plural": "historical companies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MergeCandidate",
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
                        choices=[("contact", "People"), ("company", "Companies")], max_length=10
                    ),
                ),
                ("first", models.UUIDField()),
                ("second", models.UUIDField()),
                ("score", models.PositiveSmallIntegerField(help_text="How sure, from 0 to 100.")),
                ("reasons", models.JSONField(default=list)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To decide"),
                            ("merged", "Merged"),
                            ("dismissed", "Not the same"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "later_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When somebody put it off: it comes after the others.",
                        null=True,
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("later_at"), nulls_first=True),
                    "-score",
                    "found_at",
                    "id",
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["kind", "-score"],
                        name="merge_candidate_open",
                    ),
                    models.Index(fields=["second"], name="merge_candidate_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "first", "second"), name="merge_candidate_once_per_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="merge_candidate_smaller_id_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(("decided_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="merge_candidate_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MergeRecord",
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
                        choices=[("contact", "People"), ("company", "Companies")], max_length=10
                    ),
                ),
                ("actor", models.CharField(max_length=150)),
                ("merged_at", models.DateTimeField()),
                ("story", models.JSONField(default=dict, editable=False)),
                ("told", models.JSONField(default=list, editable=False)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "merged_company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "merged_contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "ordering": ["-merged_at", "-id"],
                "permissions": [("merge_records", "Can merge people and companies, and undo it")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("company__isnull", True),
                                ("contact__isnull", False),
                                ("kind", "contact"),
                                ("merged_company__isnull", True),
                                ("merged_contact__isnull", False),
                            ),
                            models.Q(
                                ("company__isnull", False),
                                ("contact__isnull", True),
                                ("kind", "company"),
                                ("merged_company__isnull", False),
                                ("merged_contact__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="merge_of_two_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            models.Q(("undone_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="merge_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Property",
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
                ("parcel_id", models.CharField(max_length=60, verbose_name="parcel")),
                ("county", models.CharField(max_length=80)),
                ("state", models.CharField(help_text="US postal code, such as FL.", max_length=2)),
                (
                    "situs_address",
                    models.CharField(blank=True, max_length=200, verbose_name="address"),
                ),
                ("city", models.CharField(blank=True, max_length=120)),
                ("postal_code", models.CharField(blank=True, max_length=12)),
                (
                    "distress_reason",
                    models.CharField(
                        blank=True, help_text="Why its owner may want to sell.", max_length=200
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "properties",
                "ordering": ["state", "county", "parcel_id"],
                "indexes": [models.Index(fields=["updated_at"], name="property_changed")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("state", "county", "parcel_id"), name="property_once_per_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("contacted", "Contacted"),
                            ("replied", "Replied"),
                            ("interested", "Interested"),
                            ("negotiating", "Negotiating"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("opted_out", "Opted out"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("status_changed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("score", models.FloatField(blank=True, null=True)),
                ("tier", models.CharField(blank=True, max_length=10)),
                (
                    "market",
                    models.CharField(
                        blank=True, help_text="Such as Orange County, FL.", max_length=80
                    ),
                ),
                (
                    "deal_value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("source", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="crm.company",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="crm.contact",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="crm.property",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["status", "-score"], name="lead_status_score"),
                    models.Index(fields=["tier"], name="lead_tier"),
                    models.Index(fields=["-created_at", "-id"], name="lead_newest"),
                    models.Index(
                        models.F("status"),
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("score"),
                                models.Value(-1000000000.0, output_field=models.FloatField()),
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("created_at"), descending=True),
                        name="lead_board",
                    ),
                    models.Index(fields=["updated_at"], name="lead_changed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact__isnull", False),
                            ("company__isnull", False),
                            ("property__isnull", False),
                            _connector="OR",
                        ),
                        name="lead_of_somebody_or_something",
                        violation_error_message="Name a contact, a company or a property.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contact__isnull", False), ("property__isnull", False)),
                        fields=("contact", "property"),
                        name="lead_once_per_contact_and_property",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("property__isnull", True),
                            models.Q(("status__in", ("won", "lost", "opted_out")), _negated=True),
                        ),
                        fields=("contact",),
                        name="one_open_lead_without_property_per_contact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLead",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_index=True, default=uuid_utils.compat.uuid7, editable=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("contacted", "Contacted"),
                            ("replied", "Replied"),
                            ("interested", "Interested"),
                            ("negotiating", "Negotiating"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("opted_out", "Opted out"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("status_changed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("score", models.FloatField(blank=True, null=True)),
                ("tier", models.CharField(blank=True, max_length=10)),
                (
                    "market",
                    models.CharField(
                        blank=True, help_text="Such as Orange County, FL.", max_length=80
                    ),
                ),
                (
                    "deal_value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("source", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.company",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="The import that brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.importbatch",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="crm.property",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lead",
                "verbose_name_plural": "historical leads",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RejectedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("column", models.CharField(blank=True, max_length=40)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("cells", models.TextField()),
                ("is_in", models.BooleanField(default=False, verbose_name="taken in")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rejected_rows",
                        to="crm.importbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["row"],
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                ("text", models.TextField(max_length=10000)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("client_name", models.CharField(blank=True, max_length=160)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("commodity", "Commodity"),
                            ("considered", "Considered"),
                            ("service", "Service"),
                            ("bespoke", "Bespoke"),
                            ("high_value", "High value"),
                        ],
                        default="service",
                        max_length=20,
                    ),
                ),
                ("constraints", models.JSONField(blank=True, default=dict)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("reading", models.JSONField(blank=True, default=dict, editable=False)),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("language", models.CharField(default="en", max_length=8)),
                ("timezone", models.CharField(default="America/New_York", max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="crm.category",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="request_newest"),
                    models.Index(
                        condition=models.Q(("missing", []), _negated=True),
                        fields=["-created_at"],
                        name="request_unclear",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Segment",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="segments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "permissions": [("export_segment", "Can export the people of segments")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("archived_at__isnull", True)),
                        name="segment_name_once",
                        violation_error_message="There is a segment by this name; choose another name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentVersion",
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
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="crm.segment",
                    ),
                ),
            ],
            options={
                "ordering": ["segment", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("segment", "number"), name="segment_version_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentSnapshot",
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
                ("words", models.TextField()),
                ("fields", models.JSONField(default=list)),
                ("size", models.PositiveIntegerField(default=0)),
                (
                    "taken_for",
                    models.CharField(
                        blank=True, help_text="The campaign’s name then.", max_length=200
                    ),
                ),
                ("taken_by", models.CharField(max_length=150)),
                ("taken_at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="crm.segmentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_at"],
            },
        ),
        migrations.CreateModel(
            name="SegmentMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("reason", models.TextField(blank=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.contact",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="crm.segmentsnapshot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["snapshot", "outcome", "id"], name="segment_member_outcome"
                    ),
                    models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["snapshot"],
                        name="segment_member_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "contact"), name="member_once_per_snapshot"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="assignment",
                        serialize=False,
                        to="crm.contact",
                    ),
                ),
                ("segment", models.CharField(blank=True, db_index=True, max_length=40)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("suits", models.JSONField(default=dict, help_text="Segment → points.")),
                ("reasons", models.JSONField(default=list)),
                ("tags", models.JSONField(default=list)),
                (
                    "seen_until",
                    models.DateTimeField(help_text="Changes of data up to then were seen."),
                ),
                ("said", models.CharField(blank=True, db_index=True, max_length=40)),
                ("said_by", models.CharField(blank=True, max_length=150)),
                ("said_because", models.CharField(blank=True, max_length=200)),
                ("said_at", models.DateTimeField(null=True)),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="crm.segmentrules",
                    ),
                ),
            ],
            options={
                "permissions": [("switch_segmentrules", "Can put rules for segments in force")],
                "indexes": [models.Index(fields=["seen_until"], name="assignment_seen")],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=500)),
                ("source", models.CharField(blank=True, max_length=120)),
                ("confidence", models.FloatField(default=1.0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unverified", "Unverified"),
                            ("verified", "Verified"),
                            ("undeliverable", "Undeliverable"),
                        ],
                        default="unverified",
                        max_length=15,
                    ),
                ),
                ("preferred", models.BooleanField(default=False)),
                (
                    "line_type",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("mobile", "Mobile"),
                            ("landline", "Landline"),
                            ("voip", "VoIP"),
                        ],
                        default="unknown",
                        help_text="Of a phone number. No text goes to a landline.",
                        max_length=10,
                        verbose_name="line",
                    ),
                ),
                (
                    "deliverability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deliverable", "Takes mail"),
                            ("undeliverable", "Takes no mail"),
                            ("unknown", "Could not be found out"),
                        ],
                        editable=False,
                        help_text="Of an e-mail address: what its domain said.",
                        max_length=15,
                        verbose_name="domain",
                    ),
                ),
                (
                    "deliverability_reason",
                    models.CharField(blank=True, editable=False, max_length=200),
                ),
                ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="crm.contact",
                    ),
                ),
            ],
            options={
                "ordering": ["-preferred", "kind", "value"],
                "indexes": [
                    models.Index(fields=["kind", "value"], name="contact_point_value"),
                    models.Index(
                        condition=models.Q(("kind", "email")),
                        fields=["looked_at"],
                        name="contact_point_looked",
                    ),
                    models.Index(fields=["created_at"], name="contact_point_new"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "kind", "value"), name="contact_point_once_per_contact"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("preferred", True)),
                        fields=("contact", "kind"),
                        name="one_preferred_point_per_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="contact_point_confidence_0_to_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("line_type", "unknown"), ("kind", "phone"), _connector="OR"
                        ),
                        name="contact_point_line_of_a_phone",
                        violation_error_message="Only a phone number has a line: leave it “not known”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringModel",
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
                ("name", models.CharField(max_length=80)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("lead", "Leads"),
                            ("contact", "People"),
                            ("company", "Companies"),
                        ],
                        max_length=10,
                        unique=True,
                        verbose_name="of",
                    ),
                ),
                ("description", models.TextField(blank=True)),
                (
                    "looked_until",
                    models.DateTimeField(
                        editable=False,
                        help_text="Changes of data up to then are in the scores.",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "permissions": [
                    ("switch_scoringmodel", "Can switch a version of a scoring model on")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringVersion",
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
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="crm.scoringmodel",
                    ),
                ),
            ],
            options={
                "ordering": ["model", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "number"), name="scoring_version_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadScore",
            fields=[
                ("points", models.FloatField()),
                ("percent", models.FloatField()),
                ("tier", models.CharField(blank=True, max_length=10)),
                ("fit", models.FloatField()),
                ("referral_capacity", models.FloatField()),
                ("signal_strength", models.FloatField()),
                ("lines", models.JSONField(default=list)),
                (
                    "seen_until",
                    models.DateTimeField(help_text="Changes of data up to then were seen."),
                ),
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="breakdown",
                        serialize=False,
                        to="crm.lead",
                    ),
                ),
                (
                    "listed",
                    models.FloatField(
                        blank=True, help_text="The score of the list the lead came with.", null=True
                    ),
                ),
                ("listed_tier", models.CharField(blank=True, max_length=10)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.scoringversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScoringRun",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("replaced", "Replaced by a newer one"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "changed",
                    models.PositiveIntegerField(
                        default=0, help_text="Rows whose tier is another now."
                    ),
                ),
                ("cursor", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("actor", models.CharField(max_length=150, verbose_name="by")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="crm.scoringmodel",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.scoringversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("model",),
                        name="one_run_per_model",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactScore",
            fields=[
                ("points", models.FloatField()),
                ("percent", models.FloatField()),
                ("tier", models.CharField(blank=True, max_length=10)),
                ("fit", models.FloatField()),
                ("referral_capacity", models.FloatField()),
                ("signal_strength", models.FloatField()),
                ("lines", models.JSONField(default=list)),
                (
                    "seen_until",
                    models.DateTimeField(help_text="Changes of data up to then were seen."),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="breakdown",
                        serialize=False,
                        to="crm.contact",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.scoringversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-points"], name="contactscore_points"),
                    models.Index(fields=["seen_until"], name="contactscore_seen"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyScore",
            fields=[
                ("points", models.FloatField()),
                ("percent", models.FloatField()),
                ("tier", models.CharField(blank=True, max_length=10)),
                ("fit", models.FloatField()),
                ("referral_capacity", models.FloatField()),
                ("signal_strength", models.FloatField()),
                ("lines", models.JSONField(default=list)),
                (
                    "seen_until",
                    models.DateTimeField(help_text="Changes of data up to then were seen."),
                ),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="breakdown",
                        serialize=False,
                        to="crm.company",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="crm.scoringversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-points"], name="companyscore_points")],
            },
        ),
        migrations.AddField(
            model_name="ScoringModel",
            name="current",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The version in force.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="crm.scoringversion",
            ),
        ),
    ]
