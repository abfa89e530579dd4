// Places and sizes in words: millimetres where the machine says how far its pixels are apart, else pixels.

export function sizeWords(say, { pitch_mm: pitch }, [x1, y1, x2, y2]) {
  const [x, y] = [(x2 - x1) * (pitch?.[1] ?? 1), (y2 - y1) * (pitch?.[0] ?? 1)].map(Math.round);
  return say(pitch ? "millimetres" : "pixels", { x, y });
}

// Where the middle of a box lies, in hundredths from the left and from the top, and its size.
export function boxWords(say, view, box) {
  const share = (a, b, most) => Math.round((50 * (a + b)) / most);
  return {
    x: share(box[0], box[2], view.columns),
    y: share(box[1], box[3], view.rows),
    size: sizeWords(say, view, box),
  };
}

export function lengthWords(say, place, [from, to]) {
  const mm = place.length(from, to);
  if (mm !== null) return say("length_mm", { length: mm < 100 ? mm.toFixed(1) : Math.round(mm) });
  return say("length_px", { length: Math.round(Math.hypot(to[0] - from[0], to[1] - from[1])) });
}
