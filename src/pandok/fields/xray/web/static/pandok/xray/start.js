// Starts every viewer of the page, and ends those whose page was exchanged: cards have few places for images.
import { mount } from "./viewer.js";

let running = [];

export function start() {
  running = running.filter((one) => one.element.isConnected || void one.end());
  for (const element of document.querySelectorAll("[data-scan]")) {
    if (!element.viewer && JSON.parse(element.dataset.scan).views.length) running.push(mount(element));
  }
}

document.addEventListener("htmx:afterSettle", start);
start();
