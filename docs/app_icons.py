"""Draw the icons of the installed app from icon.svg: `python docs/app_icons.py` after the drawing has changed.

Needs Playwright and Chromium, as the browser tests do. A maskable icon fills its whole square, because phones cut it
to their own shape; the drawing keeps inside the middle four fifths.
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "src" / "pandok" / "web" / "static" / "pandok"
GROUND = "#0b50d0"
ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-maskable-512.png": (512, True)}
MASKABLE_SHARE = 0.8


def main() -> None:
    drawing = "data:image/svg+xml;base64," + base64.b64encode((STATIC / "icon.svg").read_bytes()).decode()
    folder = STATIC / "icons"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for name, (side, maskable) in ICONS.items():
            inner = round(side * MASKABLE_SHARE) if maskable else side
            margin = (side - inner) // 2
            page.set_viewport_size({"width": side, "height": side})
            page.set_content(
                f'<body style="margin:0;background:{GROUND if maskable else "transparent"}">'
                f'<img src="{drawing}" style="display:block;margin:{margin}px" width="{inner}" height="{inner}">'
            )
            page.screenshot(path=folder / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
