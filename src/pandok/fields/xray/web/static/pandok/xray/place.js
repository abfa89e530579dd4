// Which part of an image is looked at, and how large: values only. One unit is one pixel of the canvas; an image pixel
// is drawn as wide and as high as its pitches say, the finer of the two as 1 at scale 1.
const MOST = 32;

export class Place {
  constructor(view) {
    const [row, column] = view.pitch_mm || [1, 1];
    const finer = Math.min(row, column) || 1;
    [this.wide, this.high] = [column / finer, row / finer];
    [this.columns, this.rows] = [view.columns, view.rows];
    this.pitch = view.pitch_mm || null;
    this.room = [1, 1];
    this.scale = null; // null: the whole image, whatever the room
    this.middle = [this.columns / 2, this.rows / 2];
  }

  get fitting() {
    return Math.min(this.room[0] / (this.columns * this.wide), this.room[1] / (this.rows * this.high));
  }

  get size() {
    return this.scale ?? this.fitting;
  }

  get whole() {
    return this.scale === null;
  }

  get across() {
    return this.size * this.wide;
  }

  get down() {
    return this.size * this.high;
  }

  // Where the image begins on the canvas; whole pixels, so that 1:1 shows each measured value once.
  get left() {
    return Math.round(this.room[0] / 2 - this.middle[0] * this.across);
  }

  get top() {
    return Math.round(this.room[1] / 2 - this.middle[1] * this.down);
  }

  point(x, y) {
    return [(x - this.left) / this.across, (y - this.top) / this.down];
  }

  seen(column, row) {
    return [this.left + column * this.across, this.top + row * this.down];
  }

  get visible() {
    const [x1, y1] = this.point(0, 0);
    const [x2, y2] = this.point(...this.room);
    return [Math.max(0, x1), Math.max(0, y1), Math.min(this.columns, x2), Math.min(this.rows, y2)];
  }

  resize(width, height) {
    this.room = [width, height];
    this.hold();
  }

  fit() {
    this.scale = null;
    this.hold();
  }

  // What lies at (x, y) of the canvas stays there while the image grows.
  zoom(wanted, x = this.room[0] / 2, y = this.room[1] / 2) {
    const [column, row] = this.point(x, y);
    this.scale = this.held(wanted);
    this.middle = [column + (this.room[0] / 2 - x) / this.across, row + (this.room[1] / 2 - y) / this.down];
    this.hold();
  }

  // Never smaller than the whole image or than 1:1, whichever is smaller; null where it is the whole image.
  held(wanted) {
    const { fitting } = this;
    const size = Math.min(Math.max(MOST, fitting), Math.max(Math.min(1, fitting), wanted));
    return Math.abs(size / fitting - 1) < 1e-6 ? null : size;
  }

  move(x, y) {
    this.middle = [this.middle[0] - x / this.across, this.middle[1] - y / this.down];
    this.hold();
  }

  // So that a box can be seen with some of what is around it.
  look([x1, y1, x2, y2]) {
    const [a, b, c, d] = this.visible;
    if (x1 >= a && y1 >= b && x2 <= c && y2 <= d) return;
    this.middle = [(x1 + x2) / 2, (y1 + y2) / 2];
    this.hold();
  }

  // No empty room beside an image that is larger than its room.
  hold() {
    const sizes = [this.columns, this.rows];
    this.middle = this.middle.map((value, axis) => {
      const half = this.room[axis] / 2 / (axis ? this.down : this.across);
      return half * 2 >= sizes[axis] ? sizes[axis] / 2 : Math.min(sizes[axis] - half, Math.max(half, value));
    });
  }

  // As others see it: times the whole, and the middle in shares of the image.
  get shared() {
    return [this.size / this.fitting, this.middle[0] / this.columns, this.middle[1] / this.rows];
  }

  follow([times, x, y]) {
    this.scale = this.held(this.fitting * times);
    this.middle = [x * this.columns, y * this.rows];
    this.hold();
  }

  // Millimetres between two points of the image; null where the machine does not say how far its pixels are apart.
  length([x1, y1], [x2, y2]) {
    return this.pitch && Math.hypot((x2 - x1) * this.pitch[1], (y2 - y1) * this.pitch[0]);
  }
}
