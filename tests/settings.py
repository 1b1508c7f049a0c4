"""The real settings with what a test run needs: throw-away data, quick passwords, plain static files."""

import atexit
import os
import shutil
import tempfile

# One folder a process, whatever the shell says: two that run at once keep no proof in each other's.
os.environ["CLEFDEVOUTE_DATA"] = tempfile.mkdtemp(prefix="clefdevoute-test-")
os.environ["CLEFDEVOUTE_SANS_SECRET"] = "1"
os.environ["CLEFDEVOUTE_DEMO"] = "1"

from clefdevoute.config.settings import *  # noqa: F403

atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)  # noqa: F405

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as every installed base is: in memory, all threads of a live server share one connection and one
    # transaction, and two requests at once then break one another.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "essais.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF; PRAGMA busy_timeout=120000;"  # noqa: F405

SESSION_COOKIE_AGE = 20 * 365 * 86400  # a test opens a session, then moves its clock to another day

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEMOIRE = False  # rows made by factories leave no journal, by which what is kept knows that something changed
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns of a missing folder
MASTER_KEY = "Q2xlZiBkZSB2b3V0ZSA6IGNsZSBkZXMgZXNzYWlzLi4="  # 32 octets connus de tous : des essais seulement
