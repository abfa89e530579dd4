"""The app shell: the files that a phone keeps to take photographs without a network, under the hash of their contents.

Only these files and the offline page are ever kept. The offline page is the same for everybody and holds nothing of
any case.
"""

from __future__ import annotations

import hashlib
from functools import cache

from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation

from pandok.fields.counterfeit.web.capture_form import CaptureForm
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS
from pandok.settings import settings

LANGUAGES = ("ko", "en")
FILES = (
    "vendor/krds/krds_tokens-1.1.0.css",
    "vendor/pretendard/Pretendard-Regular.subset-1.3.9.woff2",
    "vendor/pretendard/Pretendard-Bold.subset-1.3.9.woff2",
    "pandok/pandok.css",
    "pandok/capture.css",
    "pandok/page.js",
    "pandok/capture.js",
    "pandok/crop.js",
    "pandok/declared.js",
    "pandok/held.js",
    "pandok/offline.js",
    "pandok/queue.js",
    "pandok/scan.js",
    "pandok/send.js",
    "pandok/smaller.js",
    "pandok/thumb.js",
    "pandok/upload.js",
    "pandok/icon.svg",
)


def offline_page(language: str) -> str:
    """The capture page without a network, in one language. Raises Http404 for another."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        form = CaptureForm(initial={"in_force_only": True})
        context = {"form": form, "most_photographs": MOST_PHOTOGRAPHS, "room": MOST_PHOTOGRAPHS, "pending": ()}
        context["most_bytes"] = settings().max_upload_mb * 1_000_000
        return render_to_string("pandok/offline.html", context)


def addresses() -> list[str]:
    """Of the static files of the shell, as the pages name them."""
    return [static(name) for name in FILES]


@cache
def version() -> str:
    """The hash of everything that is kept: another content is another shell."""
    digest = hashlib.sha256()
    for name in FILES:
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(name)
        with open(path, "rb") as file:
            digest.update(file.read())
    for language in LANGUAGES:
        digest.update(offline_page(language).encode())
    return digest.hexdigest()[:16]
