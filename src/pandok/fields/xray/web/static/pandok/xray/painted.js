const LATEST_MS = 1000;
const DRAWN_MS = 150;

// Until an <img> is on the screen, or long enough: nothing may stand before the first picture.
export async function painted(image) {
  const late = new Promise((done) => setTimeout(done, LATEST_MS));
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await Promise.race([
    late,
    image
      .decode()
      .catch(() => null)
      .then(frame),
  ]);
}

// Until the browser says that it was presented: drawing goes on after `painted`, outside of the page. image: its
// `elementtiming` is set. A browser that says nothing of it is believed as above.
export async function presented(image) {
  if (!globalThis.PerformanceObserver?.supportedEntryTypes?.includes("element")) return painted(image);
  await painted(image);
  await new Promise((done) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntries().some((one) => one.element === image)) finish();
    });
    const late = setTimeout(finish, DRAWN_MS);
    function finish() {
      clearTimeout(late);
      observer.disconnect();
      done();
    }
    observer.observe({ type: "element", buffered: true });
  });
}
