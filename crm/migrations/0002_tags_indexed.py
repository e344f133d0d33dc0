"""PostgreSQL looks into lists by an index of its own kind; SQLite reads their text."""

from django.db import migrations

TAGS = (("crm_contact", "contact_tags"), ("crm_company", "company_tags"))


def index_tags(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, name in TAGS:
            schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin (tags jsonb_path_ops)")


def drop_tags(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for _table, name in TAGS:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    replaces = [("crm", "0014_segment_indexes")]
    dependencies = [("crm", "0001_tables")]
    operations = [migrations.RunPython(index_tags, drop_tags)]
