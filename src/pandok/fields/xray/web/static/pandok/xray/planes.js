// Bytes of a standard view: uint16 little endian, plane after plane in the order that the page names, each row as its
// first value and then the difference to the left neighbour modulo 65536.
export const TRANSMISSION_OF_ONE = 1.05 / 65535; // T = value × this
export const CANNOT_TELL = 0;

export class Damaged extends Error {}

export const materialValue = (f) => 1 + ((f + 1) / 8) * 65534;
export const materialIndex = (value) => -1 + ((value - 1) / 65534) * 8;

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

// buffer: ArrayBuffer; view: { rows, columns, planes }. Gives { rows, columns, low, high, material, limit } with
// Uint16Array planes or null. Throws Damaged where the length does not fit.
export function unpacked(buffer, view) {
  const { columns, planes } = view;
  const slices = view.slices ?? 1;
  const rows = view.rows * slices;
  const size = rows * columns;
  if (buffer.byteLength !== 2 * size * planes.length) throw new Damaged(`${buffer.byteLength} bytes`);
  const scan = { rows, columns, low: null, high: null, material: null, limit: limitValue(view.penetration_limit_t) };
  planes.forEach((name, place) => {
    scan[name] = summed(values(buffer, 2 * size * place, size), rows, columns);
  });
  if (!scan.high) throw new Damaged("no high plane");
  return slices === 1 ? scan : stacked(scan, slices);
}

// A tomography: one slice is shown at a time, the middle one first.
function stacked(scan, slices) {
  const rows = scan.rows / slices;
  const size = rows * scan.columns;
  const all = scan.high;
  const found = { ...scan, rows, slices, slice: 0, high: null };
  found.show = (slice) => {
    found.slice = Math.min(slices - 1, Math.max(0, slice));
    found.high = all.subarray(found.slice * size, (found.slice + 1) * size);
  };
  found.show(Math.floor(slices / 2));
  return found;
}

// Values below this one lie beyond the penetration limit.
export function limitValue(t) {
  return Math.min(65535, Math.max(0, Math.ceil((t || 0) / TRANSMISSION_OF_ONE)));
}

function values(buffer, at, size) {
  if (LITTLE_ENDIAN) return new Uint16Array(buffer, at, size);
  const [data, found] = [new DataView(buffer, at), new Uint16Array(size)];
  for (let i = 0; i < size; i += 1) found[i] = data.getUint16(2 * i, true);
  return found;
}

function summed(differences, rows, columns) {
  const found = new Uint16Array(differences.length);
  for (let row = 0, i = 0; row < rows; row += 1) {
    for (let column = 0, value = 0; column < columns; column += 1, i += 1) {
      value = (value + differences[i]) & 65535;
      found[i] = value;
    }
  }
  return found;
}
