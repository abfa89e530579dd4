// Suspicions: boxes in pixels of their view, kept in the hidden field of the form, which is sent with the decision.
export const LEAST_PX = 3;

export class Marks {
  // field: the hidden input; given: [{ view, box: [x1, y1, x2, y2] }].
  constructor(field, given) {
    this.field = field;
    this.all = given.map(({ view, box }) => ({ view, box: [...box] }));
    this.chosen = this.all.length - 1;
    if (field) field.value = JSON.stringify(this.all);
  }

  add(view, box) {
    this.all.push({ view: view.name, box: whole(box, view) });
    this.chosen = this.all.length - 1;
    this.tell();
    return this.all[this.chosen];
  }

  remove(place) {
    if (!this.all[place]) return false;
    this.all.splice(place, 1);
    this.chosen = Math.min(place, this.all.length - 1);
    this.tell();
    return true;
  }

  step(by) {
    if (!this.all.length) return null;
    this.chosen = (this.chosen + by + this.all.length) % this.all.length;
    return this.all[this.chosen];
  }

  tell() {
    if (!this.field) return;
    this.field.value = JSON.stringify(this.all);
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Corners in any order, held to the image, whole pixels, never smaller than LEAST_PX.
export function whole([x1, y1, x2, y2], view) {
  const ends = (a, b, most) => {
    let [from, to] = [Math.round(Math.max(0, Math.min(a, b))), Math.round(Math.min(most, Math.max(a, b)))];
    const least = Math.min(LEAST_PX, most);
    if (to - from < least)
      [from, to] = [Math.max(0, Math.min(from, most - least)), Math.max(0, Math.min(from, most - least)) + least];
    return [from, to];
  };
  const [left, right] = ends(x1, x2, view.columns);
  const [top, bottom] = ends(y1, y2, view.rows);
  return [left, top, right, bottom];
}

// A box moved by whole steps, kept inside the image.
export function moved([x1, y1, x2, y2], dx, dy, view) {
  const x = Math.min(view.columns - x2, Math.max(-x1, dx));
  const y = Math.min(view.rows - y2, Math.max(-y1, dy));
  return [x1 + x, y1 + y, x2 + x, y2 + y];
}

// A box made larger or smaller around its middle.
export function grown([x1, y1, x2, y2], dx, dy, view) {
  const box = [x1 - dx / 2, y1 - dy / 2, x2 + dx / 2, y2 + dy / 2];
  if (box[2] - box[0] < LEAST_PX) [box[0], box[2]] = [x1, x2];
  if (box[3] - box[1] < LEAST_PX) [box[1], box[3]] = [y1, y2];
  return [Math.max(0, box[0]), Math.max(0, box[1]), Math.min(view.columns, box[2]), Math.min(view.rows, box[3])];
}
