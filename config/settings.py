"""The settings: one module; everything an operator may choose comes from a typed environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

from config.secret import read_or_make_secret_key
from memorial.languages.loader import LanguageRow, settings_for

env = Env(eager=False)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("MEMORIAL_DATA_DIR", str(BASE_DIR / "var")) or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
PORT = env.int("PORT", 8000)
SITE_URL = (env.str("SITE_URL", "") or f"http://127.0.0.1:{PORT or 8000}").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Memorial")
EXTRA_HOSTS = env.list("ALLOWED_HOSTS", [])
EDITORS_MAY_PUBLISH = env.bool("EDITORS_MAY_PUBLISH", True)
GIVEN_SECRET_KEY = env.str("SECRET_KEY", "")
DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'memorial.sqlite3'}")
LOG_FORMAT = env.str("LOG_FORMAT", "json")
LOG_LEVEL = env.log_level("LOG_LEVEL", "INFO")
LANGUAGE_CHECK_SECONDS = env.float("LANGUAGE_CHECK_SECONDS", 2.0)
env.seal()  # all wrong values at once, before anything starts

SECRET_KEY = GIVEN_SECRET_KEY or read_or_make_secret_key(DATA_DIR / "secret-key")
_host = SITE_URL.split("://", 1)[-1].split("/", 1)[0]
ALLOWED_HOSTS = [_host.rsplit(":", 1)[0], *EXTRA_HOSTS]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "memorial.languages",
    "modeltranslation",
    "memorial.accounts",
    "memorial.statements",
    "memorial.translations",
    "memorial.publishing",
    "memorial.reading",
    "memorial.desk",
    "memorial.ops",
    "memorial.desk.apps.DeskAdminConfig",
    "django_prose_editor",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "memorial.languages.middleware.SiteLanguages",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "memorial.desk.middleware.DeskLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

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
# Widgets look for their templates where all others are.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Database ------------------------------------------------------------------------------------------------------
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if "sqlite" in DATABASE["ENGINE"]:
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        # A transaction that starts by reading and then writes fails at once under load unless it takes its lock first.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASE.setdefault("CONN_MAX_AGE", 60)
    DATABASE["CONN_HEALTH_CHECKS"] = True

# -- Languages: rows of a table, read before anything else is set up ---------------------------------------------------
DEFAULT_LANGUAGES = [
    LanguageRow("az", "Azerbaijani", "Azərbaycanca", "Latn", position=10),
    LanguageRow("en", "English", "English", "Latn", position=20),
    LanguageRow("ru", "Russian", "Русский", "Cyrl", position=30),
    LanguageRow("tr", "Turkish", "Türkçe", "Latn", position=40),
]
LANGUAGE_CODE = "en"
globals().update(settings_for(DATABASE, DEFAULT_LANGUAGES, LANGUAGE_CODE))
LOCALE_PATHS = [BASE_DIR / "memorial" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Empty texts fall back to another language only for labels, and the page then says so.
MODELTRANSLATION_FALLBACK_VALUES = ""

# -- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["memorial.accounts.backend.RoleBackend"]
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"

# -- Security ----------------------------------------------------------------------------------------------------------
_is_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SECURE_SSL_REDIRECT = False  # the proxy that ends TLS does this; see README
SECURE_HSTS_SECONDS = 63072000 if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- Files -------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = []
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # never mounted: attachments are served by a view that asks whether they are public
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# -- Logs: one JSON object a line --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL, "propagate": True}},
}
