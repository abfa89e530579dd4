// Mouse, pen and fingers on an image: wheel and two fingers zoom, one moves, a drag draws what was begun.
const STEP = 1.5;
const CLICK_PX = 5;

const ordered = ([x1, y1, x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];

export function hands(pane) {
  const { stage, desk } = pane;
  const touches = new Map();
  let held = null;
  let apart = 0;
  const spread = () => {
    const [a, b] = [...touches.values()];
    return {
      wide: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
      clientX: (a.clientX + b.clientX) / 2,
      clientY: (a.clientY + b.clientY) / 2,
    };
  };
  stage.addEventListener("focus", () => desk.activate(pane));
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 33 : 1;
      desk.activate(pane);
      pane.zoom(Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 100 : 400)), event);
    },
    { passive: false },
  );
  stage.addEventListener("dblclick", (event) => {
    if (pane.place.whole) pane.zoom(STEP ** 3, event);
    else desk.does("whole");
  });
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    desk.activate(pane);
    stage.focus({ preventScroll: true });
    touches.set(event.pointerId, event);
    stage.setPointerCapture(event.pointerId);
    if (touches.size === 2) {
      [held, pane.cursor] = [null, null];
      apart = spread().wide;
      return;
    }
    const tool = event.shiftKey && !pane.past ? "mark" : desk.suspicions.tool;
    held = { tool, from: pane.point(event), x: event.clientX, y: event.clientY, far: false };
    if (tool) event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") pane.values.textContent = pane.read(pane.point(event));
    if (!touches.has(event.pointerId)) return;
    const before = touches.get(event.pointerId);
    touches.set(event.pointerId, event);
    if (touches.size === 2) {
      const { wide, ...middle } = spread();
      if (apart > 0) pane.zoom(wide / apart, middle);
      apart = wide;
      return;
    }
    if (!held) return;
    held.far ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > CLICK_PX;
    if (!held.far) return;
    if (held.tool === "mark" && !pane.past) pane.cursor = [...held.from, ...pane.point(event)];
    else if (held.tool === "ruler") pane.length = [held.from, pane.point(event)];
    else {
      stage.classList.add("xv-dragged");
      pane.move(event.clientX - before.clientX, event.clientY - before.clientY);
    }
    pane.redraw();
  });
  const end = (event, done) => {
    touches.delete(event.pointerId);
    stage.classList.remove("xv-dragged");
    if (touches.size < 2) apart = 0;
    if (!held || touches.size) return;
    const { tool, from, far } = held;
    held = null;
    if (tool === "mark" && far && !pane.past) {
      const drawn = [...from, ...pane.point(event)];
      pane.cursor = null;
      if (done) desk.suspicions.marked(pane, ordered(drawn));
      else pane.redraw();
    } else if (tool === "ruler" && far && done) desk.suspicions.measured(pane);
    else if (!far && done && !pane.past) desk.suspicions.choose(pane, from);
  };
  stage.addEventListener("pointerup", (event) => end(event, true));
  stage.addEventListener("pointercancel", (event) => end(event, false));
  stage.addEventListener("pointerleave", () => (pane.values.textContent = ""));
}
