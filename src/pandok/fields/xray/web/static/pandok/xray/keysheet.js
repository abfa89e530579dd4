// The list of all keys as a dialog, and the choice whether letters act wherever the focus is.
import { GROUPS, KEYS } from "./keys.js";
import { html } from "./pane.js";

const KEPT = "pandok.xray.keys";
let number = 0;

export const everywhere = () => localStorage.getItem(KEPT) !== "inside";

export class KeySheet {
  // more: [{ keys, words }] of the page around the viewer. wide: the page lets letters act everywhere.
  constructor(desk, more, wide) {
    Object.assign(this, { desk, more, wide });
    this.root = html("dialog", "xv-keys");
    this.root.addEventListener("click", (event) => event.target === this.root && this.root.close());
  }

  fill() {
    const { desk, more, wide } = this;
    const { say } = desk;
    number += 1;
    const title = html("h2", "", say("keys_title"));
    title.id = `xv-keys-${number}`;
    this.root.setAttribute("aria-labelledby", title.id);
    const close = html("button", "button secondary", say("close"));
    close.type = "button";
    close.addEventListener("click", () => this.root.close());
    const head = html("div", "xv-keys-head");
    head.append(title, close);
    this.root.append(head);
    if (wide) {
      const label = html("label", "tick");
      const box = html("input");
      box.type = "checkbox";
      box.checked = everywhere();
      box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "everywhere" : "inside"));
      label.append(box, say("keys_page"));
      this.root.append(label);
    }
    const tables = html("div", "xv-keys-tables");
    if (more.length) tables.append(this.table(desk, say("decisions"), more));
    for (const [group, words] of Object.entries(GROUPS)) {
      const rows = KEYS.filter((one) => one.group === group && desk.offers(one.does));
      tables.append(
        this.table(
          desk,
          say.of(words),
          rows.map((one) => ({ keys: one.keys, words: say.of(one) })),
        ),
      );
    }
    this.root.append(tables);
  }

  table({ say }, title, rows) {
    const made = html("table");
    made.append(html("caption", "", title));
    const head = html("tr", "visually-hidden");
    for (const name of ["key", "does"]) {
      const cell = html("th", "", say(name));
      cell.scope = "col";
      head.append(cell);
    }
    made.createTHead().append(head);
    const body = made.createTBody();
    for (const { keys, words } of rows) {
      const row = html("tr");
      const key = html("th");
      key.scope = "row";
      key.append(html("kbd", "", keys));
      row.append(key, html("td", "", words));
      body.append(row);
    }
    return made;
  }

  open() {
    if (!this.root.firstChild) this.fill();
    if (!this.root.open) this.root.showModal(); // the browser gives the focus back on closing
  }
}
