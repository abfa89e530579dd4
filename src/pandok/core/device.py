"""The browser and the system that a session runs on, in two words; the line that a browser sends is not kept."""

from __future__ import annotations

_BROWSERS = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("Whale/", "Whale"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """For example `Chrome · Android`; "" where nothing is recognised.

    >>> device_name("Mozilla/5.0 (Linux; Android 15; SM-S931N) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36")
    'Chrome · Android'
    """
    found = [next((name for mark, name in table if mark in user_agent[:500]), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name)
