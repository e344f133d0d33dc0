"""App configuration: Who?."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CrmConfig(AppConfig):
    name = "crm"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from compliance.evidence import register_person, register_rows
        from crm.categories.install import install_after_migrate
        from crm.evidence import load_contact, rows_of
        from crm.merging import settled
        from crm.schedules import ensure_schedules
        from crm.scoring.install import install_after_migrate as install_scoring
        from crm.scoring.segmenting import install_rules
        from crm.segments import exclusions, registry
        from crm.segments.exclusions import own_reasons
        from crm.segments.own_fields import own_fields

        post_migrate.connect(install_after_migrate, sender=self)
        post_migrate.connect(install_scoring, sender=self, dispatch_uid="crm.scoring")
        post_migrate.connect(install_rules, sender=self, dispatch_uid="crm.segment_rules")
        register_person("contact", load_contact)
        register_rows(rows_of)
        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="crm.schedules")
        settled.register()
        registry.register(own_fields())
        exclusions.register(own_reasons())
