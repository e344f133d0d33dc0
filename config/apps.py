"""The composition root as an app, and the admin site it brings."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"
    label = "attache_config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the system checks
        from config.demo import clock
        from config.roles import ensure_roles

        if settings.DEMO:
            clock.install()
        # After the last app's, when every permission exists.
        last = apps.get_app_config("quotes")
        post_migrate.connect(ensure_roles, sender=last, dispatch_uid="config.roles")


class AdminConfig(DjangoAdminConfig):
    """Django's admin with our own site class, so that `@admin.register` lands on it."""

    default_site = "config.admin_site.AttacheAdminSite"

    def ready(self) -> None:
        super().ready()
        from config import (
            people_admin,  # noqa: F401  after autodiscovery: it replaces two admins
            row_links,
        )

        row_links.install()
