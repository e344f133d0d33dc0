"""The one admin site people work in."""

from django.urls import URLPattern, URLResolver
from unfold.sites import UnfoldAdminSite

from quotes.admin.urls import quote_urls


class AttacheAdminSite(UnfoldAdminSite):
    site_header = "Attaché"
    site_title = "Attaché"
    index_title = "What waits for you"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Pages of our own come first: a model's pages end in one that takes any path."""
        return [*quote_urls(self), *super().get_urls()]
