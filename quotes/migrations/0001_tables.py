import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("quotes", "0001_initial"),
        ("quotes", "0003_pages_read_from_indexes"),
        ("quotes", "0004_time_ordered_ids"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("outreach", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                (
                    "usd",
                    models.DecimalField(
                        decimal_places=8, max_digits=18, verbose_name="US dollars per unit"
                    ),
                ),
                ("valid_on", models.DateField()),
                ("source", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["currency", "-valid_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "valid_on"), name="one_rate_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("usd__gt", 0)), name="rate_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quote",
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
                    "entry_method",
                    models.CharField(
                        choices=[
                            ("auto_extracted", "Read from the reply"),
                            ("ea_manual", "Logged by hand"),
                        ],
                        default="auto_extracted",
                        max_length=15,
                    ),
                ),
                ("engine", models.CharField(blank=True, max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("needs_review", "To check"),
                            ("current", "Current"),
                            ("superseded", "Superseded"),
                            ("rejected", "Not a quote"),
                        ],
                        db_index=True,
                        default="needs_review",
                        max_length=15,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quote", "Quote"),
                            ("question", "Question"),
                            ("decline", "Declined"),
                            ("acknowledgement", "Acknowledged"),
                            ("out_of_office", "Out of office"),
                            ("unrelated", "Unrelated"),
                        ],
                        default="quote",
                        max_length=16,
                    ),
                ),
                (
                    "price",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                (
                    "price_high",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "price_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("total", "Total"),
                            ("range", "Range"),
                            ("per_person", "Per person"),
                            ("per_hour", "Per hour"),
                            ("per_day", "Per day"),
                            ("per_night", "Per night"),
                            ("per_week", "Per week"),
                            ("per_month", "Per month"),
                            ("per_year", "Per year"),
                            ("per_unit", "Per unit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("includes_tax", models.BooleanField(blank=True, null=True)),
                ("availability", models.CharField(blank=True, max_length=20)),
                ("expiration_date", models.DateField(blank=True, null=True)),
                ("deposit", models.CharField(blank=True, max_length=120)),
                ("terms", models.TextField(blank=True)),
                ("fields", models.JSONField(blank=True, default=dict)),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("confidence", models.JSONField(blank=True, default=dict)),
                ("review_reasons", models.JSONField(blank=True, default=list)),
                ("is_finalist", models.BooleanField(default=False)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="outreach.enrollment",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quotes",
                        to="outreach.message",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="superseded_by",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "permissions": [("review_quote", "Can confirm, correct and log quotes")],
                "indexes": [models.Index(fields=["-created_at", "-id"], name="quote_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entry_method", "auto_extracted")),
                        fields=("message",),
                        name="one_reading_per_message",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "current")),
                        fields=("enrollment",),
                        name="one_current_quote_per_enrollment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price__isnull", True), ("price__gte", 0), _connector="OR"
                        ),
                        name="quote_price_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteExtra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=200)),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                (
                    "percent",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=7, null=True),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extras",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="QuoteOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=200)),
                ("price", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="quotes.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
    ]
