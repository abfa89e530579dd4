// The scan that comes next, fetched while another is read. What comes is sealed (AES-256-GCM): the key comes with
// the answer that gives the scan, so that fetching is no looking, and the server keeps the look when it gives the key away.
// Preview and planes are sealed each by itself: the preview, which is small, is opened and shown first.
const NONCE_BYTES = 12;
const LENGTH_BYTES = 4;

let fetched = new Map(); // number of a view → sealed bytes
let asked = null;
const waiting = new Map(); // address of planes → opens them, until a pane takes them

// Only where the browser opens seals and unpacks by itself: pages over plain http have no such browser.
export const able = () => Boolean(globalThis.crypto?.subtle && globalThis.DecompressionStream);

// Asks for what comes next and keeps it. form: that of the page which is read now.
export async function fetchAhead(form) {
  if (!able() || !form?.dataset.ahead) return;
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const own = new Map();
  fetched = own;
  try {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token };
    const answer = await fetch(form.dataset.ahead, { method: "POST", headers, signal });
    if (!answer.ok || answer.redirected) return;
    for (const { view, address } of (await answer.json()).views) {
      const sealed = await fetch(address, { signal, priority: "low" });
      if (!sealed.ok) return;
      own.set(view, await sealed.arrayBuffer());
    }
    document.dispatchEvent(new CustomEvent("xray:ahead", { detail: own.size }));
  } catch {
    // The page of the next scan asks for its images itself.
  }
}

// Numbers of the views that are here whole, for the form.
export function held() {
  asked?.abort();
  return [...fetched.keys()];
}

// Opens the previews that keys came for. given: [{ view, key, planes_url, rows, columns }]. Gives an <img> for each that
// opened, by the address of its planes; what does not open is asked for by its own address.
export async function open(given) {
  waiting.clear();
  const images = new Map();
  for (const { view, key, planes_url: address, rows, columns } of given) {
    try {
      const sealed = fetched.get(view);
      const end = LENGTH_BYTES + new DataView(sealed).getUint32(0);
      const raw = Uint8Array.from(atob(key), (one) => one.charCodeAt(0));
      const opener = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
      const preview = await unsealed(opener, "preview", sealed, LENGTH_BYTES, end);
      const image = new Image(columns, rows);
      image.src = URL.createObjectURL(new Blob([preview]));
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      images.set(address, image);
      waiting.set(address, () => unsealed(opener, "planes", sealed, end).then(unpacked));
    } catch {
      waiting.delete(address);
    }
  }
  fetched = new Map();
  return images;
}

// Begins to open the planes, which a pane takes later: while the page around them is on its way.
export function begin() {
  for (const [address, opens] of waiting) {
    const begun = opens();
    begun.catch(() => null); // said to whoever takes it
    waiting.set(address, () => begun);
  }
}

// The planes behind an address, if they were fetched ahead: a function that opens and unpacks them, once; else null.
export function take(address) {
  const found = waiting.get(address) ?? null;
  waiting.delete(address);
  return found;
}

// One part of what was fetched: its nonce, then what is sealed.
function unsealed(opener, part, sealed, from, to = sealed.byteLength) {
  const iv = new Uint8Array(sealed, from, NONCE_BYTES);
  const inside = new Uint8Array(sealed, from + NONCE_BYTES, to - from - NONCE_BYTES);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(part) }, opener, inside);
}

const unpacked = (packed) =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
