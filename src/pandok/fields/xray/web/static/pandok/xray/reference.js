// How a pixel gets its colour, on the processor: the reference that the graphics card is held against, and what draws
// where there is none. Order: level → edge → local contrast → window → strip → hue → colour; what lies beyond the
// penetration limit is marked in alpha and hatched on the screen.
import { STANDARD } from "./colours.js";
import { CANNOT_TELL, TRANSMISSION_OF_ONE, materialIndex, materialValue } from "./planes.js";

export const EDGE_STRENGTH = 2;
export const STRIPPED = 0.12; // of what was taken out a shadow stays: a reader must see that something is there
export const BINS = 256;
const CLIP_LIMIT = 3; // times the mean of a histogram
const TILE_PX = 96;
export const HATCH = { period: 8, stripe: 3, light: 184, dark: 72 };
const VALUES = 65536;

// What the reader chose. base: "colour", "high" or "low"; strip: "", "organic" or "inorganic"; window: [from, to] in
// levels; maps: what contrastMaps gives, or null.
export const PLAIN = Object.freeze({
  base: "colour",
  inverse: false,
  strip: "",
  contrast: false,
  fit: false,
  edge: false,
});

export const ORGANIC_BELOW = Math.ceil(materialValue(STANDARD.organic_below));
export const INORGANIC_ABOVE = Math.floor(materialValue(STANDARD.inorganic_above));

let hueTable = null;

// Four numbers for each of the 65,536 material values: red, green, blue in 0..1, and 1.
export function hues() {
  if (hueTable) return hueTable;
  hueTable = new Float32Array(4 * VALUES);
  const { stops, cannot_tell: unknown } = STANDARD;
  hueTable.set([...unknown.map((one) => one / 255), 1], 4 * CANNOT_TELL);
  for (let value = 1, i = 1; value < VALUES; value += 1) {
    const f = Math.min(stops[stops.length - 1].f, Math.max(stops[0].f, materialIndex(value)));
    while (f > stops[i].f) i += 1;
    const [a, b] = [stops[i - 1], stops[i]];
    const share = (f - a.f) / (b.f - a.f);
    const at = 4 * value;
    hueTable[at] = (a.rgb[0] + (b.rgb[0] - a.rgb[0]) * share) / 255;
    hueTable[at + 1] = (a.rgb[1] + (b.rgb[1] - a.rgb[1]) * share) / 255;
    hueTable[at + 2] = (a.rgb[2] + (b.rgb[2] - a.rgb[2]) * share) / 255;
    hueTable[at + 3] = 1;
  }
  return hueTable;
}

let levelTable = null;

// √T of each of the 65,536 values, held to 0..1.
export function levels() {
  if (levelTable) return levelTable;
  levelTable = new Float32Array(VALUES);
  for (let value = 0; value < VALUES; value += 1)
    levelTable[value] = Math.min(1, Math.sqrt(value * TRANSMISSION_OF_ONE));
  return levelTable;
}

export const planeOf = (scan, base) => (base === "low" && scan.low ? scan.low : scan.high);
const held = (value) => Math.min(1, Math.max(0, value));

// Local contrast: histograms of levels over a grid of tiles, each clipped (CLAHE), as curves of one byte a bin.
export function contrastMaps(scan, base) {
  const { rows, columns } = scan;
  const [across, down] = [columns, rows].map((size) => Math.min(16, Math.max(1, Math.round(size / TILE_PX))));
  const bytes = new Uint8Array(across * down * BINS);
  const [plane, level] = [planeOf(scan, base), levels()];
  for (let tile = 0; tile < across * down; tile += 1) {
    const [x, y] = [tile % across, Math.floor(tile / across)];
    const [left, right] = [x, x + 1].map((one) => Math.round((one * columns) / across));
    const [top, bottom] = [y, y + 1].map((one) => Math.round((one * rows) / down));
    const counts = new Float64Array(BINS);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        counts[Math.min(BINS - 1, Math.floor(level[plane[row * columns + column]] * BINS))] += 1;
      }
    }
    const all = Math.max(1, (right - left) * (bottom - top));
    const most = (CLIP_LIMIT * all) / BINS;
    let over = 0;
    for (let bin = 0; bin < BINS; bin += 1) {
      over += Math.max(0, counts[bin] - most);
      counts[bin] = Math.min(counts[bin], most);
    }
    let sum = 0;
    for (let bin = 0; bin < BINS; bin += 1) {
      sum += counts[bin] + over / BINS;
      bytes[tile * BINS + bin] = Math.round((255 * sum) / all);
    }
  }
  return { across, down, bytes };
}

// The window that makes use of what is visible: levels of the half and of the 99.5th per cent of box [x1, y1, x2, y2].
export function windowOf(scan, base, box) {
  const { rows, columns } = scan;
  const [x1, y1] = [Math.max(0, Math.floor(box[0])), Math.max(0, Math.floor(box[1]))];
  const [x2, y2] = [Math.min(columns, Math.ceil(box[2])), Math.min(rows, Math.ceil(box[3]))];
  const [plane, level, counts] = [planeOf(scan, base), levels(), new Float64Array(1024)];
  const step = Math.max(1, Math.floor(Math.sqrt(((x2 - x1) * (y2 - y1)) / 40000)));
  let all = 0;
  for (let row = y1; row < y2; row += step) {
    for (let column = x1; column < x2; column += step) {
      counts[Math.min(1023, Math.floor(level[plane[row * columns + column]] * 1024))] += 1;
      all += 1;
    }
  }
  const at = (share) => {
    let sum = 0;
    for (let bin = 0; bin < 1024; bin += 1) if ((sum += counts[bin]) > share * all) return bin / 1024;
    return 1;
  };
  const [from, to] = [at(0.005), at(0.995) + 1 / 1024];
  const least = 1 / 16; // noise of an even place is not blown up to a picture
  const middle = (from + to) / 2;
  return to - from >= least ? [from, to] : [middle - least / 2, middle + least / 2];
}

function edged(level, plane, scan, row, column) {
  const { rows, columns } = scan;
  let sum = 0;
  for (let y = row - 1; y <= row + 1; y += 1) {
    const line = Math.min(rows - 1, Math.max(0, y)) * columns;
    for (let x = column - 1; x <= column + 1; x += 1) sum += level[plane[line + Math.min(columns - 1, Math.max(0, x))]];
  }
  const own = level[plane[row * columns + column]];
  return held(own + EDGE_STRENGTH * (own - sum / 9));
}

function contrasted(value, maps, scan, row, column) {
  const { across, down, bytes } = maps;
  const x = ((column + 0.5) / scan.columns) * across - 0.5;
  const y = ((row + 0.5) / scan.rows) * down - 0.5;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const bin = value * (BINS - 1);
  const low = Math.min(BINS - 2, Math.floor(bin));
  const of = (tileX, tileY) => {
    const at =
      (Math.min(down - 1, Math.max(0, tileY)) * across + Math.min(across - 1, Math.max(0, tileX))) * BINS + low;
    return (bytes[at] + (bytes[at + 1] - bytes[at]) * (bin - low)) / 255;
  };
  const upper = of(left, top) + (of(left + 1, top) - of(left, top)) * (x - left);
  const lower = of(left, top + 1) + (of(left + 1, top + 1) - of(left, top + 1)) * (x - left);
  return upper + (lower - upper) * (y - top);
}

// Colours of the box [x1, y1, x2, y2] of whole pixels (all where none is given) as red, green, blue, alpha bytes;
// alpha 0: beyond the penetration limit.
export function shaded(scan, chosen, box = [0, 0, scan.columns, scan.rows]) {
  const [left, top, right, bottom] = box;
  const out = new Uint8ClampedArray(4 * (right - left) * (bottom - top));
  const [plane, level, hue] = [planeOf(scan, chosen.base), levels(), hues()];
  const [from, to] = chosen.window || [0, 1];
  const coloured = chosen.base === "colour" && scan.material;
  let i = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1, i += 4) {
      const at = row * scan.columns + column;
      let value = chosen.edge ? edged(level, plane, scan, row, column) : level[plane[at]];
      if (chosen.maps) value = contrasted(value, chosen.maps, scan, row, column);
      if (chosen.window) value = held((value - from) / (to - from));
      if (chosen.inverse) value = 1 - value;
      const material = scan.material ? scan.material[at] : CANNOT_TELL;
      const gone =
        material !== CANNOT_TELL &&
        ((chosen.strip === "organic" && material < ORGANIC_BELOW) ||
          (chosen.strip === "inorganic" && material > INORGANIC_ABOVE));
      if (gone) value = chosen.inverse ? STRIPPED * value : 1 - STRIPPED * (1 - value);
      for (let channel = 0; channel < 3; channel += 1) {
        const own = gone || !coloured ? 0.5 : hue[4 * material + channel];
        const seen = value <= 0.5 ? own * 2 * value : own + (1 - own) * (2 * value - 1);
        out[i + channel] = Math.floor(255 * seen + 0.5);
      }
      out[i + 3] = scan.high[at] < scan.limit ? 0 : 255;
    }
  }
  return out;
}

// The grey of the hatching at (x, y) of the screen, in its own pixels from the top left; period in such pixels.
export function hatch(x, y, period = HATCH.period) {
  return (x + y) % period < Math.floor((period * HATCH.stripe) / HATCH.period) ? HATCH.light : HATCH.dark;
}
