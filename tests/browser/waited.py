"""Playwright's `expect` with this suite's patience: a click returns when the next page begins, not when it is there."""

from __future__ import annotations

from typing import Any

PATIENCE_MS = 60_000


def expect(actual: Any) -> Any:
    """Assertions about a locator or page that are tried again until they hold or the patience has run out."""
    from playwright.sync_api import expect as once  # not installed everywhere: the fixture `browser` skips

    once.set_options(timeout=PATIENCE_MS)
    return once(actual)


def until(page: Any, expression: str) -> None:
    """Waits for a script's expression to hold. `Page.wait_for_function` asks again within the page, where the policy
    for scripts refuses it."""
    for _ in range(PATIENCE_MS // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"did not come to hold: {expression}")
