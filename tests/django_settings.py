"""Django's settings under test: a home of its own, made before anything reads the settings."""

import os
import tempfile

os.environ["PANDOK_HOME"] = tempfile.mkdtemp(prefix="pandok-tests-")
for _name in ("STORE", "INDEX", "ENCODER", "LANGUAGE", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "THREADS", "TWO_STEP"):
    os.environ.pop(f"PANDOK_{_name}", None)

from pandok import settings as place  # noqa: E402
from pandok.web.django_settings import *  # noqa: E402, F403
from tests.chosen import changed  # noqa: E402

# A slow hash is right for people and wasted on tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests of the second step turn it on; others sign in with a password alone.
place._settings = changed(two_step="off")

if os.environ.get("PANDOK_TESTS_POSTGRESQL") == "1":
    # `make test-postgresql`: the same tests on a real server, with a database for each process of tests.
    from tests.own_postgresql import own_database

    DATABASES = {"default": own_database()}
else:
    # In memory all threads would share one connection and one transaction; a server under test needs one for each.
    DATABASES["default"]["TEST"] = {"NAME": str(place.settings().home / "test.db")}
    # What is promised to be on disk is held by tests of their own; the others need not wait for the disk.
    fast = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    DATABASES["default"]["OPTIONS"]["init_command"] = fast
