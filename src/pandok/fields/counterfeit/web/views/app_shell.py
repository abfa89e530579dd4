"""The installable app: its manifest, its service worker, and the capture page that works without a network."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from pandok.core.text import Text
from pandok.fields.counterfeit.web import app_shell

_NAME = Text(ko="판독", en="Pandok")
_FULL_NAME = Text(ko="판독 – 물품 촬영", en="Pandok – photograph goods")
_DESCRIPTION = Text(
    ko="물품을 촬영해 유사 등록디자인과 권리자를 찾습니다. 연결이 끊겨도 촬영할 수 있습니다.",
    en="From a photograph of goods to the registered design and its holder. Photographs can be taken offline.",
)


@login_not_required
@require_safe
def offline_page(_request: HttpRequest, language: str) -> HttpResponse:
    response = HttpResponse(app_shell.offline_page(language))
    response.headers["Content-Language"] = language
    return response


@login_not_required
@require_safe
def manifest(_request: HttpRequest, language: str) -> JsonResponse:
    if language not in app_shell.LANGUAGES:
        raise Http404
    content = {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "lang": language,
        "name": _FULL_NAME.in_language(language),
        "short_name": _NAME.in_language(language),
        "description": _DESCRIPTION.in_language(language),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static("pandok/icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("pandok/icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("pandok/icons/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
            {"src": static("pandok/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    response = JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """In one language (`?language=en`): a phone keeps only the page it shows."""
    language = request.GET.get("language", "ko")
    if language not in app_shell.LANGUAGES:
        raise Http404
    script = render_to_string(
        "pandok/service-worker.js",
        {
            "send_script": static("pandok/send.js"),
            "shell": {
                "version": f"{app_shell.version()}-{language}",
                "page": reverse("offline_capture", args=[language]),
                "files": app_shell.addresses(),
            },
        },
    )
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    # The browser compares this script byte by byte to find a new version; it must never get an old one.
    response.headers["Cache-Control"] = "no-cache"
    return response
