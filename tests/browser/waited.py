"""Playwright's `expect` with this suite's patience: a click returns when the next page begins, not when it is there."""

from __future__ import annotations

from typing import Any

PATIENCE_MS = 60_000


def expect(actual: Any) -> Any:
    """Assertions about a locator or page that are tried again until they hold or the patience has run out."""
    from playwright.sync_api import expect as once  # not installed everywhere: the fixture `browser` skips

    once.set_options(timeout=PATIENCE_MS)
    return once(actual)
