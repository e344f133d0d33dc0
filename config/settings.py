"""Settings: everything a deployment may choose comes from the environment (`.env.example`)."""

import os
from pathlib import Path

import environ
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
env.read_env(BASE_DIR / ".env")
# Where the embedded database, uploads and the demo's clock live.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- The deployment -------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
PRODUCTION = env.bool("PRODUCTION", default=False)
SECRET_KEY = env.str(
    "SECRET_KEY", default="" if PRODUCTION else "only-for-this-machine-" + "x" * 40
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
# How many proxies in front of us append to X-Forwarded-For; 0 ignores it and X-Forwarded-Proto.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "unfold.apps.BasicAppConfig",  # the default one would put its own site in place of ours
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.simple_history",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "simple_history",
    "django_htmx",
    "django_q",
    "django_typer",
    "ninja",
    "django_structlog",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "anymail",
    "compliance",
    "crm",
    "outreach",
    "quotes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True
# Django takes a default that is a time of day, such as a night's end at seven, for a slip during
# the ten seconds around it, and `check` fails then. A fixed moment is looked for in our tests.
SILENCED_SYSTEM_CHECKS = ["fields.W161"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database, cache, queue -----------------------------------------------------------------
VAR_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'attache.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that is gone says nothing: without limits a request would wait for minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["OPTIONS"].setdefault("tcp_user_timeout", 15_000)
    # Prepared statements and server-side cursors don't survive a pooler that shares connections.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("DATABASE_POOLER", default=False)
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = (
        None if DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] else 2
    )

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "django_cache",
        }
    }

# A task moves a batch and may run twice; `retry` is well above `timeout` so that it rarely does.
Q_CLUSTER = {
    "name": "attache",
    "workers": env.int("WORKERS", default=2),
    "timeout": 300,
    "retry": 900,
    "max_attempts": 3,
    "catch_up": False,
    "bulk": 1,
    "queue_limit": 4,
    "poll": 0.2,
    "save_limit": -1,
    "ack_failures": True,
    "label": "Task queue",
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default", "has_replica": False}),
}

# --- People ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "config.lockout.client_address"
OTP_TOTP_ISSUER = "Attaché"
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

# --- Language, files ------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
# Lists to take in: how large an upload may be, and how long its file is kept.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=256 * 1024 * 1024)
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=14)
# Whom to ask whether a domain takes mail; empty: the host's own name servers.
DNS_NAMESERVERS = env.list("DNS_NAMESERVERS", default=[])
DNS_SECONDS = env.float("DNS_SECONDS", default=5.0)
# Inbound mail with its attachments comes as one post: the largest (Amazon's) are 40 MB, coded 55.
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("POST_MAX_BYTES", default=60 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a scoring of 200 signs is one form, with ten fields a sign

# --- Mail -----------------------------------------------------------------------------------
# Which provider carries mail: "smtp", "console", or the name of an ESP anymail knows.
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", default="console")
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}.get(EMAIL_PROVIDER, f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=2525)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Named connections a mailbox may choose: {"name": {"backend": dotted path, …keyword arguments}}.
EMAIL_CONNECTIONS = env.json("EMAIL_CONNECTIONS", default={})

# Every ANYMAIL_* variable (ANYMAIL_POSTMARK_SERVER_TOKEN, ANYMAIL_WEBHOOK_SECRET …) is passed on.
ANYMAIL = {
    key.removeprefix("ANYMAIL_"): value
    for key, value in os.environ.items()
    if key.startswith("ANYMAIL_")
}
INBOUND_ESP = env.str("INBOUND_ESP", default="postmark")
INBOUND_DOMAIN = env.str("INBOUND_DOMAIN", default="quotes.attache.example")
# Who the desk's own mail to staff comes from: alerts, never anything to others.
STAFF_MAIL_FROM = env.str("STAFF_MAIL_FROM", default="") or f"Attaché <attache@{INBOUND_DOMAIN}>"
INBOUND_MAX_ATTACHMENT_BYTES = env.int("INBOUND_MAX_ATTACHMENT_BYTES", default=30 * 1024 * 1024)
IMAP_URL = env.str("IMAP_URL", default="")  # imaps://user:password@host:993/INBOX

# --- Texts ----------------------------------------------------------------------------------
TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID", default="")
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN", default="")
TWILIO_FROM = env.str("TWILIO_FROM", default="")  # a number, or a Messaging Service (MG…)
TWILIO_API_URL = env.str("TWILIO_API_URL", default="")  # empty: Twilio's own
TWILIO_REGION = env.str("TWILIO_REGION", default="")
TWILIO_EDGE = env.str("TWILIO_EDGE", default="")
TWILIO_TIMEOUT = env.float("TWILIO_TIMEOUT", default=15.0)
# Off when the Messaging Service is told to pass STOP and HELP on without answering them.
TWILIO_ANSWERS_KEYWORDS = env.bool("TWILIO_ANSWERS_KEYWORDS", default=True)
BRAND = env.str("BRAND", default="Attaché")  # named in every automatic text
CONTACT = env.str("CONTACT", default="desk@attache.example")  # where people reach a person

# --- Outreach -------------------------------------------------------------------------------
OUTREACH_CONTACT_BUDGET = env.int("OUTREACH_CONTACT_BUDGET", default=20)
OUTREACH_FOLLOW_UP_LIMIT = env.int("OUTREACH_FOLLOW_UP_LIMIT", default=3)
SEND_LEASE_SECONDS = env.int("SEND_LEASE_SECONDS", default=120)
SEND_BATCH = env.int("SEND_BATCH", default=200)
OUTREACH_NEGOTIATION_LIMIT = env.int("OUTREACH_NEGOTIATION_LIMIT", default=3)
COMPARISON_CURRENCY = env.str("COMPARISON_CURRENCY", default="USD")

# The web process that hears a reply reads it, too; else a worker does, some moments later.
READ_AT_ONCE = env.bool("READ_AT_ONCE", default=True)

# --- Webhooks for others ----------------------------------------------------------------------
# Endpoints on http:// or in private networks are refused unless this is set.
WEBHOOKS_ALLOW_PRIVATE = env.bool("WEBHOOKS_ALLOW_PRIVATE", default=False)

# --- Compliance -----------------------------------------------------------------------------
# Keys the hashes that outlive erasure and the unsubscribe links; losing it loses both.
ADDRESS_PEPPER = env.str("ADDRESS_PEPPER", default="")
ADDRESS_PEPPER_FALLBACKS = env.list("ADDRESS_PEPPER_FALLBACKS", default=[])

# Who we are in consent texts and marketing mail, and where post reaches us.
SELLER_NAME = env.str("SELLER_NAME", default="")
SELLER_POSTAL_ADDRESS = env.str("SELLER_POSTAL_ADDRESS", default="")
# Only where the registered campaign says so: a link in a first text is what spam looks like.
SMS_FIRST_TEXT_LINKS = env.bool("SMS_FIRST_TEXT_LINKS", default=False)

# --- Do-not-call lists ----------------------------------------------------------------------
DNC_SAN = env.str("DNC_SAN", default="")  # the subscription account number of the registry
DNC_KEEP_DAYS = env.int("DNC_KEEP_DAYS", default=1827)  # numbers of replaced lists: proof, 5 years

# --- Model ----------------------------------------------------------------------------------
AI_BASE_URL = env.str("AI_BASE_URL", default="")
AI_API_KEY = env.str("AI_API_KEY", default="")
AI_MODEL = env.str("AI_MODEL", default="")
AI_TIMEOUT_SECONDS = env.float("AI_TIMEOUT_SECONDS", default=20.0)
AI_DAILY_BUDGET_USD = env.float("AI_DAILY_BUDGET_USD", default=10.0)

# --- The demo world -------------------------------------------------------------------------
DEMO = env.bool("DEMO", default=False)
if DEMO:
    SESSION_COOKIE_AGE = 2 * 366 * 86400  # the demo's clock can be turned a year on

# --- Security -------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    if TRUSTED_PROXIES:  # from anybody else the header would make a plain request look secure
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# unfold's Alpine needs unsafe-eval, its inline styles unsafe-inline; nothing else is let in.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'unsafe-eval'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False)

from config.logs import LOGGING, configure_structlog  # noqa: E402, F401
from config.navigation import UNFOLD  # noqa: E402, F401

configure_structlog()
