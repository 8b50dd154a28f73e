"""The settings: one module; everything an operator may choose comes from a typed environment."""

from typing import Any
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF

from config import environment, logs
from config.secret import read_or_make_secret_key
from memorial.languages.loader import LanguageRow, settings_for

env = environment.read()

BASE_DIR = environment.BASE_DIR
DATA_DIR = env.data_dir
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.debug
PORT = env.port
SITE_NAME = env.site_name
EDITORS_MAY_PUBLISH = env.editors_may_publish
TRANSLATORS_MAY_ADD_LANGUAGES = env.translators_may_add_languages
LANGUAGE_CHECK_SECONDS = env.language_check_seconds
# Whether readers' pages are kept ready; without, each is rendered for each reader.
KEEP_PAGES = env.keep_pages
SECRET_KEY = env.secret_key or read_or_make_secret_key(DATA_DIR / "secret-key")

# Every absolute address begins with SITE_URL; none is ever built from what a request says.
SITE_URL = env.site_url
_site = urlsplit(SITE_URL)
_host = _site.hostname or ""
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, *env.allowed_hosts]
if not env.is_site_url_given:
    ALLOWED_HOSTS += ["localhost", "[::1]"]
# The proxies that say truly for whom they ask, as gunicorn reads them.
TRUSTED_PROXIES = env.trusted_proxies
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _site.scheme == "https" else []

INSTALLED_APPS = [
    "memorial.languages",
    "modeltranslation",
    "memorial.accounts",
    "memorial.statements",
    "memorial.translations",
    "memorial.publishing",
    "memorial.reading",
    "memorial.desk",
    "memorial.api",
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
    # Headers first: they stand on every answer, also on static files, refusals and errors.
    "django.middleware.security.SecurityMiddleware",
    "config.headers.BrowserPolicies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # Refuses a foreign Host before anything else looks at the request.
    "django.middleware.common.CommonMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "memorial.api.door.MachinesDoor",
    "memorial.languages.middleware.SiteLanguages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "memorial.desk.middleware.DeskLanguage",
    "memorial.ops.middleware.NothingIsSavedNow",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

# While somebody works on the templates, an error is told by its line: none is left out.
TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader" if DEBUG else "memorial.reading.template_lines.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["memorial.languages.templatetags.capitals", "memorial.reading.templatetags.paths"],
            "libraries": {"i18n": "memorial.languages.templatetags.said"},
            # Templates are kept once they are read, but not while somebody works on them.
            "loaders": TEMPLATE_LOADERS if DEBUG else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
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
DATABASE = env.database
if "sqlite" in DATABASE["ENGINE"]:
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        # A transaction that starts by reading and then writes fails at once under load unless it takes its lock first.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # A database that does not answer is a 503 in seconds, not a worker that waits for minutes.
    DATABASE["OPTIONS"] = {"connect_timeout": 5, **DATABASE.get("OPTIONS", {})}
    if env.database_pool:
        # Each thread of the server needs at most one, and one listens for changes; a further one waits. The pool is
        # made when it is first asked, which is in the workers, never in the process that forks them. A connection that
        # was lost is made anew by the pool, after a failure at the next request: one that gave up long ago would not
        # see a database return.
        DATABASE["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.threads + 1, "timeout": 3, "reconnect_timeout": 3}
        DATABASE["CONN_MAX_AGE"] = 0
    else:
        # A pooler in front, such as PgBouncer, may give each transaction another connection.
        DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = True
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- A replica: what readers ask for is read from it while it is as new as the database --------------------------------
if env.replica:
    DATABASE_ROUTERS = ["memorial.ops.replica.router.NothingIsMadeThere"]
    # One that is away, slow or out of reach costs a reader a moment: the page then comes from the database.
    reached = {"connect_timeout": 2, "tcp_user_timeout": 3000, **env.replica.get("OPTIONS", {})}
    if env.database_pool:
        from memorial.ops.replica.connection import LONGEST_QUERY, ImpatientConnection

        reached.setdefault("options", f"-c statement_timeout={LONGEST_QUERY}s")
        pool = {"min_size": 1, "max_size": env.threads, "timeout": 1, "reconnect_timeout": 1, "name": "replica"}
        reached["pool"] = {**pool, "connection_class": ImpatientConnection}
    DATABASES["replica"] = {
        **env.replica,
        "OPTIONS": reached,
        "CONN_MAX_AGE": DATABASE["CONN_MAX_AGE"],
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE["DISABLE_SERVER_SIDE_CURSORS"],
        "TEST": {"MIRROR": "default"},
    }
    before = MIDDLEWARE.index("memorial.api.door.MachinesDoor")
    MIDDLEWARE.insert(before, "memorial.ops.replica.middleware.ReadersGetReplica")

# -- Cache: counts of attempts; what is kept of them may be lost at any time -------------------------------------------
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
CACHES: dict[str, dict[str, Any]] = {"default": {**_MEMORY, "LOCATION": "default"}}
if env.cache:
    CACHES["default"] = {
        "BACKEND": "memorial.ops.redis_cache.FailOpenRedisCache",
        "LOCATION": env.cache["LOCATION"],
        # Sites may share one Redis; the machines of one site share its address.
        "KEY_PREFIX": f"memorial-{quote(_site.netloc, safe='')}",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "protocol": 2, **env.cache["OPTIONS"]},
    }
# What a process counts by itself while the cache of all is away.
CACHES["process"] = {**_MEMORY, "LOCATION": "process"}

# -- Languages: rows of a table, read before anything else is set up ---------------------------------------------------
DEFAULT_LANGUAGES = [
    LanguageRow("az", "Azerbaijani", "Azərbaycanca", "Latn", position=10),
    LanguageRow("en", "English", "English", "Latn", position=20),
    LanguageRow("ru", "Russian", "Русский", "Cyrl", position=30),
    LanguageRow("tr", "Turkish", "Türkçe", "Latn", position=40),
]
LANGUAGE_CODE = "en"
SITE_LANGUAGE_ROWS: tuple[LanguageRow, ...]
LANGUAGE_SET_VERSION: int | None
MODELTRANSLATION_LANGUAGES: tuple[str, ...]
MODELTRANSLATION_FALLBACK_LANGUAGES: dict[str, tuple[str, ...]]
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
_is_https = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SECURE_HSTS_SECONDS = 63072000 if _is_https else 0
SILENCED_SYSTEM_CHECKS = [
    # Whether its neighbours under the same domain speak HTTPS is not for this site to promise to browsers.
    "security.W005",
    "security.W021",
    # The proxy that ends TLS redirects; gunicorn believes its X-Forwarded-Proto only from FORWARDED_ALLOW_IPS.
    "security.W008",
    # Our i18n stands in the place of Django's, on purpose (languages/templatetags/said.py).
    "templates.W003",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
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
# For how long a network that delivers this site may show a page without asking.
CDN_SECONDS = env.cdn_seconds
# What a web server in front may read is in a folder of its own: pages that are kept ready, and these files.
PAGES_FOLDER = env.pages_folder
STATIC_ROOT = (PAGES_FOLDER or DATA_DIR) / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # never mounted: attachments are served by a view that asks whether they are public
STORAGES = {
    "default": {"BACKEND": "memorial.statements.s3.S3", "OPTIONS": env.storage}
    if env.storage
    else {"BACKEND": "memorial.statements.storage.Folder"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.hashed_static_files
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # A server in front, which is another user, gives them too.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640

# -- Mail: only where the operator names a server ----------------------------------------------------------------------
MAIL_IS_ON = bool(env.email)
globals().update({name: value for name, value in env.email.items() if name.startswith("EMAIL_")})
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.mail_from or "nobody@localhost"

# -- Logs --------------------------------------------------------------------------------------------------------------
LOG_REQUESTS = env.log_requests
LOGGING = logs.configuration(env.log_format, env.log_level, requests=LOG_REQUESTS)
