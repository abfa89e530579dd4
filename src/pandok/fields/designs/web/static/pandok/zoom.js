// A closer look at pictures: pinch, double tap and big buttons on a phone; wheel, drag, double click and keys (+ - 0)
// elsewhere. The room around a picture scrolls by itself, so that one finger and the arrow keys move it without code.
const MOST = 12;
const STEP = 1.5;
const TAP = STEP ** 3;
const DOUBLE_MS = 350;
const TAP_PX = 24; // A gloved finger comes down and rests less exactly than a bare one.
const DOUBLE_PX = 48;
const all = [];
let together = false;
let following = false;

function start(pane) {
  const room = pane.querySelector("[data-zoom-room]");
  if (room.dataset.started) return;
  room.dataset.started = "yes";
  const image = room.querySelector("img");
  const tools = pane.querySelector("[data-zoom-tools]");
  const said = pane.querySelector("[data-zoom-said]");
  let scale = 1;
  let apart = 0;
  let down = null;
  let tapped = { at: 0, x: 0, y: 0 };
  let held = null;
  let changed = false;

  // Width at which the whole picture fits into the room.
  function fitting() {
    const [width, height] = [image.naturalWidth || 1, image.naturalHeight || 1];
    return width * Math.min(room.clientWidth / width, room.clientHeight / height);
  }

  // Which point of the picture lies at (x, y) of the window, in shares of its width and height.
  function point(x, y) {
    const area = image.getBoundingClientRect();
    return [(x - area.left) / (area.width || 1), (y - area.top) / (area.height || 1)];
  }

  function middle() {
    const area = room.getBoundingClientRect();
    return [area.left + area.width / 2, area.top + area.height / 2];
  }

  function size() {
    image.style.width = `${fitting() * scale}px`;
    image.parentElement.style.setProperty("--scale", Math.max(1, scale / 2));
    room.classList.toggle("zoomed", scale > 1);
    said.textContent = `${Math.round(scale * 100)} %`;
    for (const button of tools.querySelectorAll("[data-zoom]")) {
      // Not `disabled`: the button would lose the focus of the keyboard at the end of the way.
      const end = button.dataset.zoom === "in" ? scale >= MOST : scale <= 1;
      button.setAttribute("aria-disabled", String(end));
    }
  }

  // Brings the point (across, along) of the picture to (x, y) of the window.
  function put(across, along, x, y) {
    const area = image.getBoundingClientRect();
    room.scrollBy(area.left + across * area.width - x, area.top + along * area.height - y);
  }

  // Keeps what is at (x, y) of the window where it is while the picture grows.
  function zoom(wanted, x, y) {
    const seen = point(x, y);
    scale = Math.min(MOST, Math.max(1, wanted));
    size();
    put(...seen, x, y);
    lead();
  }

  const self = {
    room,
    view: () => [scale, ...point(...middle())],
    follow(wanted, across, along) {
      scale = wanted;
      size();
      put(across, along, ...middle());
    },
  };

  function lead() {
    if (!together || following) return;
    following = true;
    for (const one of all) if (one !== self && one.room.isConnected) one.follow(...self.view());
    requestAnimationFrame(() => (following = false));
  }

  function by(name) {
    if (name === "in") zoom(scale * STEP, ...middle());
    else if (name === "out") zoom(scale / STEP, ...middle());
    else zoom(1, ...middle());
  }

  function tap(x, y) {
    zoom(scale > 1 ? 1 : TAP, x, y);
  }

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) by(button.dataset.zoom);
  });
  room.addEventListener("keydown", (event) => {
    const name = { "+": "in", "=": "in", "-": "out", "−": "out", 0: "whole" }[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    by(name);
  });
  room.addEventListener(
    "wheel",
    (event) => {
      if (event.shiftKey) return; // moves it sideways
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 33 : 1; // Firefox counts lines
      zoom(scale * Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 100 : 400)), event.clientX, event.clientY);
    },
    { passive: false },
  );
  room.addEventListener("dblclick", (event) => tap(event.clientX, event.clientY));
  room.addEventListener("scroll", lead, { passive: true });

  room.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || scale === 1) return;
    held = { x: event.clientX, y: event.clientY };
    room.setPointerCapture(event.pointerId);
    room.classList.add("dragged");
  });
  room.addEventListener("pointermove", (event) => {
    if (!held) return;
    room.scrollBy(held.x - event.clientX, held.y - event.clientY);
    held = { x: event.clientX, y: event.clientY };
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    room.addEventListener(kind, () => {
      held = null;
      room.classList.remove("dragged");
    });
  }
  image.addEventListener("dragstart", (event) => event.preventDefault());

  function spread(touches) {
    const [one, other] = touches;
    const [x, y] = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
    return [Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), x, y];
  }
  let between = null;
  room.addEventListener(
    "touchstart",
    (event) => {
      const alone = event.touches.length === 1;
      down = alone ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
      if (event.touches.length !== 2) return;
      if (event.cancelable) event.preventDefault();
      const [now, x, y] = spread(event.touches);
      apart = now;
      between = point(x, y);
      tapped = { at: 0, x: 0, y: 0 };
    },
    { passive: false },
  );
  room.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2 || !between) return;
      if (event.cancelable) event.preventDefault();
      const [now, x, y] = spread(event.touches);
      if (apart > 0) {
        scale = Math.min(MOST, Math.max(1, (scale * now) / apart));
        size();
        put(...between, x, y); // what was taken between the fingers stays between them
        lead();
      }
      apart = now;
    },
    { passive: false },
  );
  room.addEventListener(
    "touchend",
    (event) => {
      if (event.touches.length < 2) between = null;
      if (event.touches.length || event.changedTouches.length !== 1) return;
      const { clientX: x, clientY: y } = event.changedTouches[0];
      if (!down || Math.hypot(x - down.x, y - down.y) > TAP_PX) return;
      const twice = event.timeStamp - tapped.at < DOUBLE_MS && Math.hypot(x - tapped.x, y - tapped.y) < DOUBLE_PX;
      tapped = { at: twice ? 0 : event.timeStamp, x, y };
      if (!twice) return;
      if (event.cancelable) event.preventDefault(); // no double click after it
      tap(x, y);
    },
    { passive: false },
  );

  pane.addEventListener("click", (event) => {
    const link = event.target.closest("[data-zoom-choice]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link);
  });

  // Another picture in this pane; the other pane stays as it is looked at.
  function choose(link) {
    const { address, sha256, words } = link.dataset;
    changed = true;
    image.src = address;
    image.alt = words;
    for (const one of room.querySelectorAll("[data-zoom-boxes]")) {
      one.toggleAttribute("hidden", one.dataset.zoomBoxes !== address);
    }
    room.setAttribute("aria-label", words);
    tools.setAttribute("aria-label", `${tools.getAttribute("aria-label").split(":")[0]}: ${words}`);
    pane.querySelector("[data-zoom-words]").textContent = words;
    pane.querySelector("[data-zoom-file]").href = address;
    for (const one of pane.querySelectorAll("[data-zoom-choice]")) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    const here = new URL(location.href);
    if (pane.dataset.zoomPlace === "path") here.pathname = address;
    else here.searchParams.set("beside", sha256);
    history.replaceState(null, "", here);
  }

  image.addEventListener("load", () => {
    // Another picture is shown whole; who looks closely before the first has come altogether keeps the closer look.
    if (changed) scale = 1;
    changed = false;
    size();
  });
  new ResizeObserver(size).observe(room);
  tools.hidden = false;
  size();
  all.push(self);
}

function offer() {
  document.querySelectorAll("[data-zoom-pane]").forEach(start);
  const boxes = document.querySelector("[data-zoom-show-boxes]");
  if (boxes && boxes.hidden) {
    boxes.hidden = false;
    boxes.addEventListener("click", () => {
      const shown = boxes.getAttribute("aria-pressed") !== "true";
      boxes.setAttribute("aria-pressed", String(shown));
      document.querySelector(".look").classList.toggle("look-bare", !shown);
    });
  }
  const button = document.querySelector("[data-zoom-together]");
  if (!button || !button.hidden) return;
  together = false;
  button.hidden = false;
  button.addEventListener("click", () => {
    together = !together;
    button.setAttribute("aria-pressed", String(together));
  });
}

document.addEventListener("htmx:afterSettle", offer);
offer();
