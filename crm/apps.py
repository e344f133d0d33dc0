"""App configuration: Who?."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CrmConfig(AppConfig):
    name = "crm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm.categories.install import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self)
