"""Django's settings, derived from Pandok's own (pandok.settings)."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from pandok.engines.files.private_files import keep_private
from pandok.fields import INSTALLED
from pandok.settings import settings
from pandok.web.database import database

_pandok = settings()
keep_private()
_pandok.home.mkdir(parents=True, exist_ok=True)


def _tag_libraries() -> dict[str, str]:
    """Template tags of the fields, each under the name of its file."""
    return {
        file.stem: f"{place}.web.templatetags.{file.stem}"
        for place, web in zip(("pandok.common", *INSTALLED), _webs, strict=True)
        for file in sorted((web / "templatetags").glob("[a-z]*.py"))
    }


def _secret_key() -> str:
    """Kept in the home folder: whole or absent, and one for all processes that start at the same time."""
    if _pandok.secret_key:
        return _pandok.secret_key
    path = _pandok.home / "secret-key"
    if not path.exists():
        handle, beside = tempfile.mkstemp(dir=_pandok.home, prefix=".secret-key-")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(beside, path)
        os.unlink(beside)
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = _pandok.debug
_hosts = [host.strip() for host in _pandok.allowed_hosts.split(",") if host.strip()]
# The address in the notices is one at which people come.
_host = urlsplit(_pandok.address).hostname or "localhost"
ALLOWED_HOSTS = list(dict.fromkeys([*_hosts, f"[{_host}]" if ":" in _host else _host]))
DATABASES = {"default": database(_pandok.store, _pandok.home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "pandok.web",
    *reversed(INSTALLED),
    "pandok.common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pandok.web.middleware.headers.SecurityHeaders",
    "pandok.web.middleware.api_answers.ApiAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pandok.web.middleware.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pandok.web.middleware.hidden_letters.HiddenLetters",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pandok.web.middleware.kept_forms.KeptForms",
    "pandok.web.middleware.sessions.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pandok.web.middleware.deny_by_default.DenyByDefault",
    "pandok.web.middleware.errors.ExpectedErrors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "pandok.web.urls"
_source = Path(__file__).resolve().parent.parent
_webs = [_source.joinpath(*place.split(".")[1:], "web") for place in ("pandok.common", *INSTALLED)]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [place / "templates" for place in _webs],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pandok.web.context.desk",
            ],
            "builtins": ["pandok.web.templatetags.dates"],
            "libraries": _tag_libraries(),
        },
    }
]

# Accounts. A model of our own from the first migration on: exchanging it later would rewrite every foreign key.
AUTH_USER_MODEL = "common.Account"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "capture"
LOGOUT_REDIRECT_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Sessions last one shift, and end earlier where nobody uses them. Secure cookies where the site is served over HTTPS.
SESSION_ENGINE = "pandok.web.session_store"
SESSION_COOKIE_NAME = "pandok_session"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pandok.web.views.errors.csrf_failure"
_https = _pandok.https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
# Whether a request came over HTTPS is known from trusted proxies alone: pandok.web.proxies sets the scheme.
_own = urlsplit(_pandok.address)
CSRF_TRUSTED_ORIGINS = [f"{_own.scheme}://{_own.netloc}"] if _https else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Uploads: more files than are read are told of in the form, not cut off at the door.
DATA_UPLOAD_MAX_NUMBER_FILES = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

STATIC_URL = "/static/"
STATICFILES_DIRS = [place / "static" for place in _webs if (place / "static").is_dir()]
STATIC_ROOT = _pandok.home / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pandok.web.static_files.HashedWhenCollected"},
}

LANGUAGE_CODE = _pandok.language
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "pandok_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = _https
LOCALE_PATHS = [Path(__file__).parent / "locale", Path(__file__).parent.parent / "languages"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
