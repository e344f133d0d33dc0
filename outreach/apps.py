"""App configuration: what we say and hear."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutreachConfig(AppConfig):
    name = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from outreach.pause import ensure_policy
        from outreach.schedules import ensure_schedules

        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="outreach.schedules")
        post_migrate.connect(ensure_policy, sender=self, dispatch_uid="outreach.policy")
