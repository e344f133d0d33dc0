"""A suppression stands until lifted, holds a hash after erasure, and knows when it took effect."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0002_ledger_refuses_change"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="suppression",
            options={
                "ordering": ["-effective_at", "-id"],
                "permissions": [
                    ("lift_suppression", "Can lift a suppression on a new consent"),
                    ("export_suppression", "Can export the suppression list"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="suppression",
            name="suppression_once_per_address_scope",
        ),
        migrations.RenameField(
            model_name="suppression", old_name="created_at", new_name="effective_at"
        ),
        migrations.AlterField(
            model_name="suppression",
            name="effective_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                help_text="From when on nothing is sent.",
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="suppression",
            name="imported_from",
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="suppression",
            name="latest_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When it was last said again.", null=True
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="lifted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="suppression",
            name="lifted_by",
            field=models.CharField(blank=True, editable=False, max_length=150),
        ),
        migrations.AlterField(
            model_name="suppression",
            name="reason",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="suppression",
            name="received_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="When the request reached us."
            ),
        ),
        migrations.AlterField(
            model_name="suppression",
            name="scope",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="suppression",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["address"],
                name="suppression_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="suppression",
            index=models.Index(fields=["-effective_at", "-id"], name="suppression_newest"),
        ),
        migrations.AddConstraint(
            model_name="suppression",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("kind", "address", "scope"),
                name="one_standing_suppression_per_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="suppression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_at__isnull", True),
                    models.Q(("lifted_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="suppression_lifted_by_somebody",
            ),
        ),
    ]
