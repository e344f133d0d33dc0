"""From here on the database itself refuses to change or delete what the ledger holds."""

from django.db import migrations

from compliance import guards


def put_up(apps, schema_editor):
    guards.install(schema_editor.connection)


def take_down(apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_tables")]

    operations = [migrations.RunPython(put_up, take_down)]
