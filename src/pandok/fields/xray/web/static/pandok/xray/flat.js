// The same picture without a graphics card: colours from the reference, placed by the plain canvas.
import { HATCH, hatch, shaded } from "./reference.js";

const GROUND = "#eceef1";
const WHOLE_PIXELS_FROM = 3;

function sheet(width, height) {
  const made = document.createElement("canvas");
  [made.width, made.height] = [width, height];
  return made;
}

export class FlatPainter {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
  }

  load(scan) {
    this.scan = scan;
    this.image = sheet(scan.columns, scan.rows);
    this.beyond = null;
  }

  shade(chosen) {
    const { rows, columns } = this.scan;
    const seen = shaded(this.scan, chosen);
    const beyond = new Uint8ClampedArray(seen.length);
    let any = false;
    for (let i = 3; i < seen.length; i += 4) {
      if (seen[i]) continue;
      any = true;
      beyond[i] = 255;
      seen[i] = 255;
    }
    this.image.getContext("2d").putImageData(new ImageData(seen, columns, rows), 0, 0);
    this.beyond = any ? sheet(columns, rows) : null;
    this.beyond?.getContext("2d").putImageData(new ImageData(beyond, columns, rows), 0, 0);
  }

  draw({ left, top, across, down, period = HATCH.period }) {
    const { context, canvas } = this;
    const area = [left, top, this.scan.columns * across, this.scan.rows * down];
    const smooth = Math.min(across, down) < WHOLE_PIXELS_FROM && !(across === 1 && down === 1);
    const put = (into, image) => {
      into.imageSmoothingEnabled = smooth;
      into.imageSmoothingQuality = "high";
      into.drawImage(image, ...area);
    };
    context.fillStyle = GROUND;
    context.fillRect(0, 0, canvas.width, canvas.height);
    put(context, this.image);
    if (!this.beyond) return;
    const over = (this.over ??= sheet(1, 1));
    [over.width, over.height] = [canvas.width, canvas.height];
    const lines = over.getContext("2d");
    put(lines, this.beyond);
    lines.globalCompositeOperation = "source-in";
    lines.fillStyle = lines.createPattern(pattern(period), "repeat");
    lines.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(over, 0, 0);
  }

  // As shaded() gives them, read back; for tests.
  colours() {
    const { rows, columns } = this.scan;
    const read = (one) => one.getContext("2d").getImageData(0, 0, columns, rows).data;
    const [seen, beyond] = [read(this.image), this.beyond && read(this.beyond)];
    for (let i = 3; beyond && i < seen.length; i += 4) seen[i] = 255 - beyond[i];
    return seen;
  }

  screen() {
    return this.context.getImageData(0, 0, this.canvas.width, this.canvas.height).data;
  }

  end() {
    this.image = this.beyond = null;
  }
}

function pattern(period) {
  const made = sheet(period, period);
  const data = new ImageData(period, period);
  for (let y = 0; y < period; y += 1) {
    for (let x = 0; x < period; x += 1) {
      const grey = hatch(x, y, period);
      data.data.set([grey, grey, grey, 255], 4 * (y * period + x));
    }
  }
  made.getContext("2d").putImageData(data, 0, 0);
  return made;
}
