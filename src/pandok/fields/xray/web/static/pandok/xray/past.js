// Buttons of the page that put an image of the past beside: `data-xray-past` holds its place in what the viewer is told.
export function pastButtons(viewer) {
  const buttons = () => document.querySelectorAll("[data-xray-past]");
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-xray-past]");
      if (!button) return;
      const place = Number(button.dataset.xrayPast);
      viewer.compare(viewer.pastShown === place ? null : place);
      viewer.tools.show();
      viewer.element.scrollIntoView({ block: "nearest" });
      // A button that keeps the focus would take Space, which decides.
      viewer.active.stage.focus({ preventScroll: true });
    },
    { signal: viewer.ended.signal },
  );
  return () => {
    for (const one of buttons()) {
      one.setAttribute("aria-pressed", String(Number(one.dataset.xrayPast) === viewer.pastShown));
    }
  };
}
