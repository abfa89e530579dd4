// The buttons: one stop of the Tab key, arrows from button to button, each saying its key.
import { keysOf } from "./keys.js";
import { html } from "./pane.js";

const ROWS = [
  ["in", "out", "whole", "actual"],
  ["plain", "base", "inverse", "organic", "inorganic", "contrast", "fit", "edge"],
  ["mark", "ruler", "candidates"],
  ["slice_back", "slice_on"],
  ["view", "link", "past", "keys"],
];
const SWITCHES = new Set([
  "base",
  "inverse",
  "organic",
  "inorganic",
  "contrast",
  "fit",
  "edge",
  "mark",
  "ruler",
  "candidates",
  "link",
  "past",
]);

export class Tools {
  constructor(desk) {
    this.desk = desk;
    this.buttons = new Map();
    this.root = html("div", "xv-tools");
    this.root.setAttribute("role", "toolbar");
    this.root.setAttribute("aria-label", desk.say("tools"));
    for (const names of ROWS) {
      const group = html("div", "xv-group");
      group.setAttribute("role", "group");
      group.append(...names.filter((name) => desk.offers(name)).map((name) => this.button(name)));
      if (group.children.length) this.root.append(group);
    }
    this.stop([...this.buttons.values()][0]);
    this.root.addEventListener("keydown", (event) => this.walk(event));
    this.root.addEventListener("focusin", (event) => event.target.tagName === "BUTTON" && this.stop(event.target));
  }

  button(name) {
    const { desk } = this;
    const made = html("button", "button chip xv-tool");
    made.type = "button";
    made.dataset.does = name;
    made.append(html("span", "xv-words", desk.say(name === "base" ? "base_colour" : name)));
    const keys = html("kbd", "", keysOf(name).split(" · ")[0]);
    keys.setAttribute("aria-hidden", "true");
    made.append(keys);
    made.setAttribute("aria-keyshortcuts", keysOf(name).split(" · ").join(" ").replace("−", "-"));
    made.addEventListener("click", () => desk.does(name));
    this.buttons.set(name, made);
    return made;
  }

  stop(button) {
    for (const one of this.buttons.values()) one.tabIndex = one === button ? 0 : -1;
  }

  walk(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.code];
    const all = [...this.buttons.values()];
    const here = all.indexOf(document.activeElement);
    if (!by || here < 0) return;
    event.preventDefault();
    all[(here + by + all.length) % all.length].focus();
  }

  show() {
    const { desk } = this;
    const { chosen } = desk;
    const on = {
      base: chosen.base !== "colour",
      inverse: chosen.inverse,
      organic: chosen.strip === "organic",
      inorganic: chosen.strip === "inorganic",
      contrast: chosen.contrast,
      fit: chosen.fit,
      edge: chosen.edge,
      mark: desk.suspicions.tool === "mark",
      ruler: desk.suspicions.tool === "ruler",
      candidates: desk.suspicions.helped,
      link: desk.linked,
      past: desk.pastShown !== null,
    };
    for (const [name, button] of this.buttons) {
      if (SWITCHES.has(name)) button.setAttribute("aria-pressed", String(on[name]));
      button.setAttribute("aria-disabled", String(!desk.choices.can(name)));
    }
    this.buttons.get("base")?.firstChild.replaceChildren(desk.say(`base_${chosen.base}`));
  }
}
