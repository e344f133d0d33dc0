"""The composition root as an app, and the admin site it brings."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "attache_config"


class AdminConfig(DjangoAdminConfig):
    """Django's admin with our own site class, so that `@admin.register` lands on it."""

    default_site = "config.admin_site.AttacheAdminSite"
