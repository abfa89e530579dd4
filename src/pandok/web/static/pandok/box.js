// Correct the box: draw a rectangle over a photograph with finger or mouse, then read only what is inside.
const LEAST_PX = 16;

function start(holder, form) {
  if (holder.dataset.started) return;
  holder.dataset.started = "yes";
  const picture = holder.querySelector(".picture");
  const link = picture.closest("a");
  const image = picture.querySelector("img");
  const words = form.dataset;

  const draw = document.createElement("button");
  draw.type = "button";
  draw.className = "button chip draw";
  draw.textContent = words.textDraw;
  draw.setAttribute("aria-pressed", "false");
  const read = document.createElement("button");
  read.className = "button primary chip";
  read.setAttribute("form", form.id);
  read.name = "box";
  read.textContent = words.textReadBox;
  read.hidden = true;
  const bar = document.createElement("div");
  bar.className = "choose";
  bar.append(draw, read);
  holder.append(bar);

  let drawing = false;
  let first = null;
  let frame = null;

  function pixel(event) {
    const area = image.getBoundingClientRect();
    const clamp = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    const width = Number(image.getAttribute("width"));
    const height = Number(image.getAttribute("height"));
    return [
      clamp(((event.clientX - area.left) / area.width) * width, width),
      clamp(((event.clientY - area.top) / area.height) * height, height),
    ];
  }

  function show(x1, y1, x2, y2) {
    const box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
    if (!frame) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "overlay drawn");
      svg.setAttribute("viewBox", `0 0 ${image.getAttribute("width")} ${image.getAttribute("height")}`);
      frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      svg.append(frame);
      picture.append(svg);
    }
    frame.setAttribute("x", box[0]);
    frame.setAttribute("y", box[1]);
    frame.setAttribute("width", box[2] - box[0]);
    frame.setAttribute("height", box[3] - box[1]);
    read.value = `${holder.dataset.photograph}:${box.join(",")}`;
    read.hidden = box[2] - box[0] < LEAST_PX || box[3] - box[1] < LEAST_PX;
  }

  draw.addEventListener("click", () => {
    drawing = !drawing;
    draw.setAttribute("aria-pressed", String(drawing));
    draw.textContent = drawing ? words.textCancel : words.textDraw;
    picture.classList.toggle("drawing", drawing);
    if (!drawing) {
      frame?.parentNode.remove();
      frame = null;
      read.hidden = true;
    }
  });
  link?.addEventListener("click", (event) => drawing && event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    if (!drawing) return;
    event.preventDefault();
    first = pixel(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => first && show(...first, ...pixel(event)));
  picture.addEventListener("pointerup", () => (first = null));
  picture.addEventListener("pointercancel", () => (first = null));
}

function startAll() {
  const form = document.querySelector("#again");
  if (form) document.querySelectorAll("[data-photograph]").forEach((holder) => start(holder, form));
}

startAll();
document.addEventListener("htmx:afterSettle", startAll);
