// The image functions that the reader chose: one choice for all images, and which were used in which order.
import { PLAIN } from "./reference.js";

const BASES = ["colour", "high", "low"];

export class Choices {
  // field: the hidden input of functions that were used, or null.
  constructor(desk, field) {
    Object.assign(this, { desk, field, chosen: { ...PLAIN }, used: [] });
    this.acts = { plain: () => this.plain(), base: () => this.base() };
    for (const name of ["inverse", "organic", "inorganic", "contrast", "fit", "edge"]) {
      this.acts[name] = () => this.toggle(name);
    }
  }

  // Does any image have what this function needs?
  can(name) {
    const has = (plane) => this.desk.views.some((one) => one.planes.includes(plane));
    if (name === "organic" || name === "inorganic") return has("material");
    if (name === "base") return has("material") || has("low");
    return true;
  }

  toggle(name) {
    const { chosen, desk } = this;
    const strips = name === "organic" || name === "inorganic";
    const on = strips ? chosen.strip !== name : !chosen[name];
    if (strips) chosen.strip = on ? name : "";
    else chosen[name] = on;
    this.noted(name);
    this.apply();
    desk.tell(desk.say(on ? "on" : "off", { what: desk.say(name) }));
  }

  plain() {
    Object.assign(this.chosen, PLAIN);
    this.noted("plain");
    this.apply();
    this.desk.tell(this.desk.say("plain_said"));
  }

  base() {
    const has = (plane) => this.desk.views.some((one) => one.planes.includes(plane));
    const able = BASES.filter((one) => one === "high" || has(one === "colour" ? "material" : "low"));
    this.chosen.base = able[(able.indexOf(this.chosen.base) + 1) % able.length];
    this.noted(`base_${this.chosen.base}`);
    this.apply();
    this.desk.tell(this.desk.say(`base_${this.chosen.base}`));
  }

  apply() {
    for (const one of this.desk.shown) one.reshade();
  }

  noted(name) {
    this.used.push(name);
    if (this.field) {
      this.field.value = JSON.stringify(this.used);
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const detail = { name, chosen: { ...this.chosen } };
    this.desk.element.dispatchEvent(new CustomEvent("xray:function", { bubbles: true, detail }));
  }
}
