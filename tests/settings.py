"""Settings for the suite: the product's own, with a fast hasher and nothing that reaches out."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "t" * 50)

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = os.environ.get("MEDIA_ROOT_FOR_TEST") or tempfile.mkdtemp(prefix="attache-media-")
AXES_ENABLED = False
AI_BASE_URL = ""
AI_MODEL = ""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
READ_AT_ONCE = False  # a thread would read behind a test's back
ANYMAIL = {"WEBHOOK_SECRET": "town:secret", "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key"}
INBOUND_ESP = "postmark"
INBOUND_DOMAIN = "quotes.attache.example"

# Who the desk writes for: without it no marketing leaves.
SELLER_NAME = "Harbor Homes LLC"
SELLER_POSTAL_ADDRESS = "12 Quay Street, Miami, FL 33101"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as the product has: in memory the threads of a test share one cache, which locks
    # whole tables and waits for nobody.
    FOLDER = tempfile.TemporaryDirectory(prefix="attache-db-")  # gone with the process
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER.name}/test.sqlite3"}  # noqa: F405
