"""The suite's settings with the peer that sending is measured against."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as OWN_APPS

INSTALLED_APPS = [*OWN_APPS, "post_office"]
POST_OFFICE = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    # Its defaults otherwise, the log of every sending among them: the desk keeps one too.
    "THREADS_PER_PROCESS": 5,
    "CELERY_ENABLED": False,
}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
