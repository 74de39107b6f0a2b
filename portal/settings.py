"""Settings. What differs between places comes from the environment (see portal/env.py)."""

import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal import env
from portal.core.prepared import PreparingConnection, PreparingCursor
from portal.ui.assets import IMMUTABLE

BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env.one_of("PORTAL_MODE", ("production", "demonstration", "test"), "production")
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"
DEBUG = False

_DEVELOPMENT_ONLY = None if PRODUCTION else "not-a-secret-outside-production-0123456789-abcdefghij"
SECRET_KEY = env.text(
    "PORTAL_SECRET_KEY", _DEVELOPMENT_ONLY, example="(the output of: openssl rand -base64 48)"
)
# Keys of before, which still open what they sealed: how the key is changed (docs/running.md).
SECRET_KEY_FALLBACKS = env.listed("PORTAL_SECRET_KEY_FALLBACKS", "")
BASE_URL = env.text(
    "PORTAL_BASE_URL",
    None if PRODUCTION else "http://127.0.0.1:8000",
    example="https://portal.example.org",
).rstrip("/")
ALLOWED_HOSTS = env.listed(
    "PORTAL_HOSTS",
    None if PRODUCTION else "127.0.0.1,localhost,testserver",
    example="portal.example.org",
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
STATE_DIR = Path(env.text("PORTAL_STATE_DIR", str(BASE_DIR / ".state")))
MEDIA_ROOT = STATE_DIR / "media"

# Only a proxy of ours may say what the reader's address and protocol are.
PROXIES = env.number("PORTAL_PROXIES", 1 if PRODUCTION else 0)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- what is installed ---
INSTALLED_APPS = [
    "portal.home",
    "meetings",
    "referrals",
    "contacts",
    "portal.accounts",
    "portal.notifications",
    "portal.worktime",
    "portal.words",
    "portal.audit",
    "portal.api",
    "portal.ui",
    "portal.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]
MIDDLEWARE = [
    "portal.core.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.headers.PolicyMiddleware",
    "portal.core.headers.HeadersMiddleware",
    "portal.core.refusals.PlainAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.accounts.middleware.SentAgainMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.audit.middleware.HistoryContextMiddleware",
    "portal.audit.middleware.RefusalMiddleware",
    "portal.core.refusals.RefusedMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "portal.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "portal.home.context.page",
            ],
        },
    },
    # For the packages' own needs (DRF's schema view, allauth's mail fallbacks); none of ours.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- PostgreSQL: rows, sessions, cache, rate limits ---
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", example="postgresql://portal:secret@127.0.0.1/portal"),
        engine="portal.core.postgresql",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    connect_timeout=5,
    options="-c statement_timeout=20000 -c lock_timeout=8000"
    " -c idle_in_transaction_session_timeout=60000",
)
# A pooler that changes connections between transactions cannot keep what was prepared on one.
if env.flag("PORTAL_PREPARE_STATEMENTS", True):
    DATABASES["default"]["OPTIONS"].update(
        connection_factory=PreparingConnection, cursor_factory=PreparingCursor
    )
DATABASES["default"]["TEST"] = {"NAME": env.text("PORTAL_TEST_DB", "test_portal")}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Redis and Celery: how the dispatcher hands work to workers ---
REDIS_URL, CELERY_BROKER_URL = env.redis_address(
    "REDIS_URL", None if PRODUCTION else "redis://127.0.0.1:6379/0"
)

# --- mail ---
_MAIL = env.mail_server("PORTAL_SMTP_URL", None if PRODUCTION else "smtp://127.0.0.1:2525")
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.tls, _MAIL.starttls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text(
    "PORTAL_MAIL_FROM",
    None if PRODUCTION else "Common Ground <portal@demo.example>",
    example="Common Ground <portal@example.org>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- what is cleared away by itself, and after how many days (portal/home/clearing.py) ---
KEEP_MAILS_DAYS = env.number("PORTAL_KEEP_MAILS_DAYS", 90, least=7)
KEEP_SEEN_DAYS = env.number("PORTAL_KEEP_SEEN_DAYS", 365, least=30)
KEEP_ONE_TIME_KEYS_DAYS = 30

# --- signing in ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"  # the one that allauth uses for mfa and usersessions too
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reset_password": "portal.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.NewPasswordForm",
    "reauthenticate": "portal.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers because somebody typed an address
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed" goes to its owner
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # by invitation only: the invitation went to that address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
PASSWORD_RESET_VALID_FOR = timedelta(hours=4)
PASSWORD_RESET_TIMEOUT = int(PASSWORD_RESET_VALID_FOR.total_seconds())
ACCOUNT_RATE_LIMITS = {
    # A whole hospital may come from one network address, and begins at the same time.
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "portal.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.SecondStepForm",
    "reauthenticate": "portal.accounts.forms.ConfirmCodeForm",
    "activate_totp": "portal.accounts.forms.ActivateAppForm",
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.RenamePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation has shown that the address is theirs
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Common Ground"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SECOND_FACTOR_REQUIRED = env.flag("PORTAL_SECOND_FACTOR", PRODUCTION)
USERSESSIONS_TRACK_ACTIVITY = False

# Idle and longest sessions (docs/adr/0004): people leave ward computers unlocked.
SESSION_ENGINE = "portal.accounts.session_store"
SESSION_IDLE = timedelta(minutes=15)
SESSION_WARNING = timedelta(minutes=13)
SESSION_LONGEST = timedelta(hours=12)
SESSION_LONGEST_ADMINISTRATOR = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "portal_session"
CSRF_COOKIE_HTTPONLY = False  # read by static/cg scripts to save drafts
CSRF_FAILURE_VIEW = "portal.home.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- the browser ---
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BASE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["portal.core.uploads.BoundedUpload"]

STATIC_URL = "/static/"
# Collected for production only; elsewhere files are found where they are kept.
STATIC_ROOT = BASE_DIR / ".build" / "static" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / ".build" / "public"
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = IMMUTABLE
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- language and time: stored in UTC, shown in London ---
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- REST ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.authentication.TokenAuthentication",
        "portal.api.authentication.BrowserSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "portal.api.negotiation.OneForm",
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsing.TextJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.api.throttles.PersonOrAddressThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.handle",
    "DATETIME_FORMAT": "iso-8601",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Common Ground",
    "DESCRIPTION": "Who to contact, referrals and their events. Errors are problem details.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# --- audit ---
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = None

# --- logs: one JSON object a line, no bodies, query strings or names ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.core.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": sys.stdout, "formatter": "json"}
    },
    "root": {"handlers": ["stdout"], "level": env.text("PORTAL_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "django.db.backends": {"level": "WARNING"},
    },
}

if DEMONSTRATION and BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "PORTAL_MODE=demonstration has public sign-ins and does not start on an https address."
        " For real use set PORTAL_MODE=production."
    )
