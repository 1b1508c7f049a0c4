"""
Django's settings: one file, read from the environment, failing with a hint.

Every value that changes between installations comes from a variable ``CLEFDEVOUTE_…``; secrets may
come from a file named by the same variable with ``_FILE``.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from clefdevoute.config import data_folder

env = environ.FileAwareEnv()

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = data_folder.location()
DEMO = env.bool("CLEFDEVOUTE_DEMO", default=False)
DEBUG = False

SECRET_KEY = env.str("CLEFDEVOUTE_SECRET_KEY", default="")
if not SECRET_KEY:
    key_file = DATA_DIR / "secret.key"
    if key_file.is_file():
        SECRET_KEY = key_file.read_text(encoding="ascii").strip()
    elif env.bool("CLEFDEVOUTE_SANS_SECRET", default=False):
        SECRET_KEY = "outil-sans-secret"  # tools and tests that sign nothing
    else:
        raise ImproperlyConfigured(
            "Aucune clé secrète. Donnez CLEFDEVOUTE_SECRET_KEY, ou CLEFDEVOUTE_SECRET_KEY_FILE, ou lancez "
            "« clefdevoute migrate », qui en crée une dans le dossier de données."
        )

MASTER_KEY = env.str("CLEFDEVOUTE_MASTER_KEY", default="")
MASTER_KEY_FILE = Path(env.str("CLEFDEVOUTE_MASTER_KEY_PATH", default=str(DATA_DIR / "maitresse.key")))
ALLOWED_HOSTS = env.list("CLEFDEVOUTE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = env.bool("CLEFDEVOUTE_HTTPS", default=not DEMO)

INSTALLED_APPS = [
    "clefdevoute.records.foundation",
    "clefdevoute.records.entreprises",
    "clefdevoute.records.personnes",
    "clefdevoute.records.agenda",
    "clefdevoute.records.suivi",
    "clefdevoute.records.reseau",
    "clefdevoute.records.amenagements",
    "clefdevoute.records.parcours",
    "clefdevoute.records.echeances",
    "clefdevoute.records.frais",
    "clefdevoute.records.temps",
    "clefdevoute.records.subventions",
    "clefdevoute.ui",
    "clefdevoute.workspaces.public",
    "clefdevoute.workspaces.compte",
    "clefdevoute.workspaces.gestionnaire",
    "clefdevoute.workspaces.accompagnateur",
    "clefdevoute.workspaces.agenda",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "clefdevoute.config.readonly.ReadOnlyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clefdevoute.config.middleware.SignInMiddleware",
    "clefdevoute.config.saisies.SaisieMiddleware",
    "clefdevoute.config.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clefdevoute.ui.htmx.VaryOnHtmxMiddleware",
    "clefdevoute.config.refusals.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "clefdevoute.config.urls"
WSGI_APPLICATION = "clefdevoute.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clefdevoute.config.navigation.bar",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "clefdevoute.ui.templatetags.cv",
                "clefdevoute.ui.templatetags.purs",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its attributes and the processors, never its page's variables

DATABASES = {
    "default": env.db("CLEFDEVOUTE_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'clefdevoute.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; "
            "PRAGMA recursive_triggers=ON;",
        },
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # shared desks: the session ends with the browser, at the latest after eight hours
ACCOUNT_ADAPTER = "clefdevoute.config.accounts.ClosedAccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("CLEFDEVOUTE_MANDATAIRES", default=1 if HTTPS else 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "compte:accueil"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
MEMOIRE = True  # what was reckoned for an enterprise stays in the process until something is written there
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# smtp+tls://user:password@host:587; without a server every e-mail waits in « Boîte de sortie » for a person.
if env.str("CLEFDEVOUTE_COURRIEL", default=""):
    vars().update(env.email_url("CLEFDEVOUTE_COURRIEL"))
else:
    EMAIL_BACKEND = "clefdevoute.records.agenda.boite.WaitingBackend"
EMAIL_TIMEOUT = 20
ADDRESS = env.str("CLEFDEVOUTE_ADRESSE", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}")
DEFAULT_FROM_EMAIL = env.str("CLEFDEVOUTE_COURRIEL_DE", default="clef-de-voute@localhost")

LANGUAGE_CODE = "fr-be"
LANGUAGES = [("fr", "français")]  # a language is offered when its texts are there, never half of a page
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PROOFS_DIR = DATA_DIR / "preuves"

SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "clefdevoute.config.saisies.csrf_failure"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

UPLOAD_MAX_BYTES = 200 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "clefdevoute.config.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page not found is an answer, not an event
}
