// What is drawn on the images: suspicions, lengths, and the candidates of the reading help.
import { candidateList, markList } from "./lists.js";
import { Marks, grown, moved } from "./marks.js";
import { html } from "./pane.js";
import { boxWords, lengthWords, sizeWords } from "./sizes.js";

const CURSOR_CSS_PX = 6; // at one press of an arrow

const held = ([x, y], view) => [Math.min(view.columns, Math.max(0, x)), Math.min(view.rows, Math.max(0, y))];

export class Suspicions {
  // field: the hidden input of marks; marks, candidates: as the page tells them.
  constructor(desk, field, marks, candidates) {
    Object.assign(this, { desk, candidates, marks: new Marks(field, marks), tool: null, candidate: -1 });
    this.helped = candidates.length > 0;
    this.lists = html("div", "xv-lists");
    this.acts = {
      mark: () => this.begin("mark"),
      ruler: () => this.begin("ruler"),
      enter: () => this.set(),
      escape: () => this.stop(),
      next_mark: () => this.step(1),
      last_mark: () => this.step(-1),
      delete: () => this.remove(this.marks.chosen),
      candidate: () => this.showCandidate((this.candidate + 1) % this.candidates.length),
      candidates: () => this.help(),
    };
  }

  list() {
    // A page may have a place of its own for the help, beside the declaration: it stands there, and only there.
    const beside = document.querySelector("[data-xray-help]");
    const help = this.candidates.length ? [candidateList(this, !beside)] : [];
    beside?.replaceChildren(...help);
    this.lists.replaceChildren(markList(this), ...(beside ? [] : help));
    for (const one of this.desk.shown) one.redraw();
  }

  // ---- drawing with keys

  begin(tool) {
    const { desk } = this;
    const on = this.tool === tool;
    this.leave();
    if (on) return;
    if (tool === "mark" && desk.active.past) desk.activate(desk.shown[0]);
    const pane = desk.active;
    const [x1, y1, x2, y2] = pane.place.visible;
    const [x, y, wide, high] = [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
    if (tool === "mark") pane.cursor = [x - wide / 12, y - high / 12, x + wide / 12, y + high / 12];
    else pane.length = [x - wide / 6, x + wide / 6].map((column) => [column, y]);
    this.tool = tool;
    desk.room.dataset.tool = tool;
    pane.stage.focus({ preventScroll: true });
    pane.redraw();
    desk.tell(desk.say(tool === "mark" ? "marking" : "measuring"));
  }

  // An arrow while something is being drawn. Gives false where nothing is.
  arrow([x, y], grow, times) {
    const { desk } = this;
    const pane = desk.active;
    const step = (CURSOR_CSS_PX * times * pane.ratio) / pane.place.size;
    const [dx, dy] = [Math.max(1, step / pane.place.wide) * x, Math.max(1, step / pane.place.high) * y];
    if (this.tool === "mark" && pane.cursor) {
      pane.cursor = grow ? grown(pane.cursor, 2 * dx, 2 * dy, pane.view) : moved(pane.cursor, dx, dy, pane.view);
      pane.place.look(pane.cursor);
      desk.placed(pane);
      desk.later(desk.say("cursor", boxWords(desk.say, pane.view, pane.cursor)));
      return true;
    }
    if (this.tool !== "ruler" || !pane.length) return false;
    const end = grow ? 0 : 1;
    const [column, row] = held([pane.length[end][0] + dx, pane.length[end][1] + dy], pane.view);
    pane.length[end] = [column, row];
    pane.place.look([column, row, column, row]);
    desk.placed(pane);
    desk.later(this.lengthWords(pane));
    return true;
  }

  set() {
    const pane = this.desk.active;
    if (this.tool === "mark" && pane.cursor) this.marked(pane, pane.cursor);
    else if (this.tool === "ruler" && pane.length) this.measured(pane);
  }

  stop() {
    if (!this.tool) return;
    this.leave();
    this.desk.tell(this.desk.say("left"));
  }

  leave() {
    this.tool = null;
    delete this.desk.room.dataset.tool;
    for (const one of this.desk.panes.values()) {
      one.cursor = one.length = null;
      one.redraw();
    }
  }

  marked(pane, box) {
    const { desk } = this;
    const kept = this.marks.add(pane.view, box);
    this.leave();
    this.list();
    desk.tools.show();
    desk.tell(desk.say("marked", { number: this.marks.all.length, size: sizeWords(desk.say, pane.view, kept.box) }));
  }

  // The length stays on the image until the ruler is put away.
  measured(pane) {
    this.desk.choices.noted("ruler");
    this.desk.tell(this.lengthWords(pane));
  }

  lengthWords(pane) {
    return lengthWords(this.desk.say, pane.place, pane.length);
  }

  // ---- suspicions that are there

  // The uppermost one under a point of an image.
  choose(pane, [x, y]) {
    const under = ({ view, box: [x1, y1, x2, y2] }) =>
      view === pane.view.name && x >= x1 && x <= x2 && y >= y1 && y <= y2;
    const found = this.marks.all.findLastIndex(under);
    if (found >= 0) this.show(found);
  }

  show(index) {
    const { desk } = this;
    this.marks.chosen = index;
    const one = this.marks.all[index];
    desk.see(one);
    this.list();
    desk.tell(`${desk.say("mark_name", { number: index + 1 })}: ${this.placeWords(one)}`);
  }

  placeWords({ view: name, box }) {
    const view = this.desk.views.find((one) => one.name === name);
    return view ? this.desk.say("mark_place", { view: name, ...boxWords(this.desk.say, view, box) }) : name;
  }

  step(by) {
    if (this.marks.step(by)) this.show(this.marks.chosen);
    else this.desk.tell(this.desk.say("no_marks"));
  }

  remove(index) {
    const { desk } = this;
    const inList = this.lists.contains(document.activeElement);
    if (!this.marks.remove(index)) {
      desk.tell(desk.say("no_marks"));
      return;
    }
    this.list();
    if (inList) (this.lists.querySelector("button") ?? desk.active.stage).focus({ preventScroll: true });
    desk.tell(desk.say("deleted", { number: index + 1, left: this.marks.all.length }));
  }

  // ---- help

  showCandidate(index) {
    const { desk } = this;
    [this.candidate, this.helped] = [index, true];
    const one = this.candidates[index];
    desk.choices.noted("candidate");
    desk.see(one);
    this.list();
    desk.tools.show();
    desk.tell(desk.say("candidate", { number: one.number ?? index + 1, reason: one.reason }));
  }

  help() {
    const { desk } = this;
    this.helped = !this.helped;
    desk.choices.noted(this.helped ? "candidates_on" : "candidates_off");
    for (const one of desk.shown) one.redraw();
    desk.tell(desk.say(this.helped ? "on" : "off", { what: desk.say("candidates") }));
  }
}
