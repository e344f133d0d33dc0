"""Every door the web server opens."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from config import api, health, second_factor
from outreach.inbound import twilio, webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/", include(api.urls)),
    path("admin/second-factor/", second_factor.second_factor, name="second_factor"),
    path("admin/", admin.site.urls),
    path("anymail/", include((webhooks.anymail_patterns(), "anymail"))),
    path("", include(webhooks.urlpatterns)),
    path("", include(twilio.urlpatterns)),
    path("", include("compliance.unsubscribe.urls")),
]

handler500 = "config.problems.server_error"
