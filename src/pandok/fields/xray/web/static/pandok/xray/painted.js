const LATEST_MS = 1000;

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
