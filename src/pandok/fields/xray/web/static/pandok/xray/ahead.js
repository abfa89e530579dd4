// The scan that comes next, fetched while another is read. What comes is sealed (AES-256-GCM): the key comes with
// the answer that gives the scan, so that fetching is no looking, and the server keeps the look when it gives the key away.
const NONCE_BYTES = 12;
const LENGTH_BYTES = 4;

let fetched = new Map(); // number of a view → sealed bytes
let asked = null;
const opened = new Map(); // address of planes → bytes of planes as they are kept, until a pane takes them

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
  } catch {
    // The page of the next scan asks for its images itself.
  }
}

// Numbers of the views that are here whole, for the form.
export function held() {
  asked?.abort();
  return [...fetched.keys()];
}

// Opens what keys came for. given: [{ view, key, planes_url, rows, columns }]. Gives an <img> for each view that opened,
// by the address of its planes; what does not open is asked for by its own address.
export async function open(given) {
  opened.clear();
  const images = new Map();
  for (const { view, key, planes_url: address, rows, columns } of given) {
    try {
      const [preview, planes] = await unsealed(fetched.get(view), key);
      const image = new Image(columns, rows);
      image.src = URL.createObjectURL(new Blob([preview]));
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      images.set(address, image);
      opened.set(address, planes);
    } catch {
      opened.delete(address);
    }
  }
  fetched = new Map();
  return images;
}

// The planes behind an address, if they were fetched ahead: a function that unpacks them, once; else null.
export function take(address) {
  const packed = opened.get(address);
  opened.delete(address);
  return packed ? () => unpacked(packed) : null;
}

async function unsealed(sealed, key) {
  const raw = Uint8Array.from(atob(key), (one) => one.charCodeAt(0));
  const given = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const iv = new Uint8Array(sealed, 0, NONCE_BYTES);
  const whole = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, given, new Uint8Array(sealed, NONCE_BYTES));
  const end = LENGTH_BYTES + new DataView(whole).getUint32(0);
  return [new Uint8Array(whole, LENGTH_BYTES, end - LENGTH_BYTES), new Uint8Array(whole, end)];
}

const unpacked = (packed) =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
