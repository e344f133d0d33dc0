"""The one admin site people work in."""

from unfold.sites import UnfoldAdminSite


class AttacheAdminSite(UnfoldAdminSite):
    site_header = "Attaché"
    site_title = "Attaché"
    index_title = "What waits for you"
