"""Every door the web server opens."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from config import api, health, second_factor
from outreach.inbound import twilio, webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    # Pages that name no icon of their own, such as a download, make browsers ask for this one.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}attache/logo.svg")),
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

handler400 = "config.problems.bad_request"
handler500 = "config.problems.server_error"
