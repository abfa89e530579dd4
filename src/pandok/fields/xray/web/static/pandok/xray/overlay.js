// Boxes, lengths and numbers over an image: drawn again for each place, so that lines stay as thin as they are.
const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

// at(column, row) gives the point on the screen. kind: "mark", "mark chosen", "candidate", "cursor".
export function box(at, [x1, y1, x2, y2], kind, label = "") {
  const [left, top] = at(x1, y1);
  const [right, bottom] = at(x2, y2);
  const area = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
  const group = element(
    "g",
    { class: `xv-box ${kind}` },
    element("rect", { ...area, class: "halo" }),
    element("rect", { ...area, class: "edge" }),
  );
  if (label) group.append(...tag(left, top, label));
  return group;
}

function tag(left, top, label) {
  const width = 10 + [...label].reduce((sum, one) => sum + (one > "\u2e80" ? 13 : 8), 0);
  const [x, y] = [Math.max(0, left - 1), Math.max(0, top - 21)];
  const text = element("text", { x: x + width / 2, y: y + 10.5 });
  text.textContent = label;
  return [element("rect", { x, y, width, height: 20, rx: 3, class: "tag" }), text];
}

export function line(at, [from, to], label) {
  const [x1, y1] = at(...from);
  const [x2, y2] = at(...to);
  const ends = { x1, y1, x2, y2 };
  const group = element(
    "g",
    { class: "xv-length" },
    element("line", { ...ends, class: "halo" }),
    element("line", { ...ends, class: "edge" }),
  );
  for (const [cx, cy] of [
    [x1, y1],
    [x2, y2],
  ])
    group.append(element("circle", { cx, cy, r: 4 }));
  const text = element("text", { x: (x1 + x2) / 2 + 8, y: (y1 + y2) / 2 - 8 });
  text.textContent = label;
  group.append(text);
  return group;
}
