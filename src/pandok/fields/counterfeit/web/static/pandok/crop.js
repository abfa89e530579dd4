// The part of a photograph that holds the article: a frame with four corners, moved by finger, mouse or arrow keys.
// A box is [x1, y1, x2, y2] in ten-thousandths of the sides, so that it holds for every size of the photograph.
const WHOLE = 10_000;
const LEAST = 500;
const STEP = 100;
const MARGIN = 1_000;

export function chooseBox(address, box, words) {
  const dialog = document.querySelector("#crop");
  const area = dialog.querySelector("[data-crop-area]");
  const frame = dialog.querySelector("[data-crop-frame]");
  const say = dialog.querySelector("[data-crop-say]");
  const handles = [...dialog.querySelectorAll("[data-corner]")];
  const image = dialog.querySelector("img");
  const controller = new AbortController();
  const { signal } = controller;
  let now = box ? [...box] : [MARGIN, MARGIN, WHOLE - MARGIN, WHOLE - MARGIN];
  image.src = address;

  function show() {
    const [x1, y1, x2, y2] = now.map((share) => share / 100);
    frame.style.left = `${x1}%`;
    frame.style.top = `${y1}%`;
    frame.style.width = `${x2 - x1}%`;
    frame.style.height = `${y2 - y1}%`;
    for (const handle of handles) {
      const [column, line] = handle.dataset.corner.split(",").map(Number);
      handle.style.left = `${column ? x2 : x1}%`;
      handle.style.top = `${line ? y2 : y1}%`;
    }
    say.textContent = `${words.textAcross} ${Math.round(x1)}–${Math.round(x2)} %, ${words.textDown} ${Math.round(y1)}–${Math.round(y2)} %`;
  }

  function move(handle, x, y) {
    const [column, line] = handle.dataset.corner.split(",").map(Number);
    const clamp = (value, least, most) => Math.round(Math.min(Math.max(value, least), most));
    if (column) now[2] = clamp(x, now[0] + LEAST, WHOLE);
    else now[0] = clamp(x, 0, now[2] - LEAST);
    if (line) now[3] = clamp(y, now[1] + LEAST, WHOLE);
    else now[1] = clamp(y, 0, now[3] - LEAST);
    show();
  }

  for (const handle of handles) {
    const place = () => {
      const [column, line] = handle.dataset.corner.split(",").map(Number);
      return [now[column ? 2 : 0], now[line ? 3 : 1]];
    };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
    }, { signal });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const room = area.getBoundingClientRect();
      move(handle, ((event.clientX - room.left) / room.width) * WHOLE, ((event.clientY - room.top) / room.height) * WHOLE);
    }, { signal });
    handle.addEventListener("keydown", (event) => {
      const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      const step = event.shiftKey ? 5 * STEP : STEP;
      const [x, y] = place();
      move(handle, x + way[0] * step, y + way[1] * step);
    }, { signal });
  }

  return new Promise((done) => {
    let chosen = box;
    const end = (result) => () => {
      chosen = result();
      dialog.close();
    };
    dialog.querySelector("[data-crop-use]").addEventListener("click", end(() => now), { signal });
    dialog.querySelector("[data-crop-whole]").addEventListener("click", end(() => null), { signal });
    dialog.querySelector("[data-crop-cancel]").addEventListener("click", end(() => box), { signal });
    dialog.addEventListener("close", () => {
      controller.abort();
      image.removeAttribute("src");
      done(chosen);
    }, { signal });
    show();
    dialog.showModal();
    handles[0].focus();
  });
}
