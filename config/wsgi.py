"""WSGI entry point for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.pieces import put_together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = put_together(get_wsgi_application())

from outreach.inbound import at_once  # noqa: E402  needs the apps

if settings.READ_AT_ONCE:
    at_once.enable()
