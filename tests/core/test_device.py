"""Browser and system from the line that a browser sends."""

from __future__ import annotations

import pytest

from pandok.core.device import device_name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0", "Samsung Internet · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/142 Whale/4.34 Safari/537.36", "Whale · macOS"),
        ("curl/8.5", ""),
        ("", ""),
        ("x" * 10_000 + "Firefox/1 Linux", ""),
    ],
)
def test_a_session_is_named_by_browser_and_system(line: str, name: str) -> None:
    assert device_name(line) == name
