"""App configuration: May we?."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ComplianceConfig(AppConfig):
    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from compliance import among, checks  # noqa: F401  register a lookup, the system checks
        from compliance.evidence import (
            consented,
            do_not_call,
            ledger,
            register_records,
            register_rows,
            suppressed,
        )
        from compliance.guards import ensure_guards
        from compliance.schedules import ensure_schedules
        from compliance.shipped_rules import install_after_migrate

        post_migrate.connect(ensure_guards, sender=self, dispatch_uid="compliance.guards")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="compliance.rules")
        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="compliance.schedules")
        register_rows(suppressed.rows_of)
        register_records(suppressed.suppression_records)
        register_rows(do_not_call.rows_of)
        register_records(do_not_call.listing_records)
        register_rows(consented.rows_of)
        register_records(consented.consent_records)
        register_records(ledger.programme_records)
