"""The capture form: a box around the article, barcodes into fields, HS codes as the tariff writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_first_page import big_enough_to_touch, sign_in
from tests.browser.test_offline_capture import ONE_SCREEN, take
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk

pytestmark = pytest.mark.browser

Check = Callable[[Any], None]


def test_a_box_is_set_by_keyboard_and_by_dragging(
    desk: FakeDesk,
    page: Any,
    shots: list[str],
    accessible: Check,
    keep_picture: Callable[[Any, str], None],
) -> None:
    sign_in(page)
    take(page, shots[0])
    page.click(".thumb-crop")
    page.wait_for_selector("#crop[open]")
    page.wait_for_function("() => document.querySelector('#crop img').naturalWidth > 0")
    # The first corner has the focus: ten steps of one per cent to the right, one of five down.
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    area = page.locator("[data-crop-area]").bounding_box()
    corner = page.locator("[data-corner='1,1']").bounding_box()
    x, y = corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 0.3 * area["width"], y - 0.4 * area["height"], steps=3)
    page.mouse.up()
    accessible(page)
    big_enough_to_touch(page)
    keep_picture(page, "capture-box")
    page.click("[data-crop-use]")
    page.click("#read")
    page.wait_for_selector(".verdict")
    (box,) = desk.calls[0]["boxes"]
    assert box.as_tuple() == pytest.approx((180, 180, 540, 600), abs=12)


@ONE_SCREEN
def test_a_barcode_fills_the_field_by_the_server_and_by_the_browser(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    tmp_path: Any,
) -> None:
    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode("RR123456785KR", zxingcpp.BarcodeFormat.Code128)
    label = tmp_path / "label.png"
    Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=3, add_quiet_zones=True)).convert("RGB").save(label)
    sign_in(page)
    page.click(".declaration summary")
    page.set_input_files("[data-scan=parcel_number] input", str(label))
    page.wait_for_function("() => document.querySelector('#id_parcel_number').value === 'RR123456785KR'")
    page.evaluate(
        """() => { window.BarcodeDetector = class { async detect() {
             return [{rawValue: 'https://example.test/'}, {rawValue: '6012-3456-7890'}] } } }"""
    )
    page.set_input_files("[data-scan=bl_number] input", str(label))
    page.wait_for_function("() => document.querySelector('#id_bl_number').value === '601234567890'")
    # Looking through the camera, where the browser reads barcodes itself.
    page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia = async () => {
             const canvas = document.createElement('canvas');
             const context = canvas.getContext('2d');
             setInterval(() => context.fillRect(0, 0, 9, 9), 50);
             return canvas.captureStream() } }"""
    )
    page.fill("#id_parcel_number", "")
    page.locator("[data-scan=parcel_number]").click()
    page.wait_for_function("() => document.querySelector('#id_parcel_number').value === '601234567890'")
    expect(page.locator("#scan")).to_be_hidden()
    page.fill("#id_hs_code", "４２０２921000")
    page.press("#id_hs_code", "Tab")
    expect(page.locator("#id_hs_code")).to_have_value("4202.92-1000")
    page.fill("#id_hs_code", "42")
    page.press("#id_hs_code", "Tab")
    expect(page.locator("#hint-hs-code").first).to_contain_text("4202.92-1000", use_inner_text=True)
