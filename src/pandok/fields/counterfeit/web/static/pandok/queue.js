// The queue on the phone. A capture waits in IndexedDB, with its photographs, until the server has confirmed it by its
// number; then its photographs and fields are deleted and only a line for the list stays.
// state: waiting | sending | sent | refused. Every entry belongs to the account that took it.
const DATABASE = "pandok";
const STORE = "captures";
const SENT_KEPT = 10;

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("pandok-captures") : null;
const listeners = new Set();
channel?.addEventListener("message", () => listeners.forEach((listener) => listener()));

export function onChange(listener) {
  listeners.add(listener);
}

function changed() {
  listeners.forEach((listener) => listener());
  channel?.postMessage("changed");
}

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

// Done only when the transaction is on the disk; what went wrong there (no room) is the caller's to tell.
async function run(mode, work) {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const answer = {};
      transaction.oncomplete = () => done(answer.value);
      transaction.onabort = () => fail(transaction.error ?? new DOMException("aborted", "AbortError"));
      work(transaction.objectStore(STORE), answer);
    });
  } finally {
    database.close();
  }
}

export async function put(entry, insteadOf = null) {
  await run("readwrite", (store) => {
    store.put(entry);
    if (insteadOf && insteadOf !== entry.id) store.delete(insteadOf);
  });
  changed();
}

export function all() {
  return run("readonly", (store, answer) => {
    const request = store.getAll();
    request.onsuccess = () => (answer.value = request.result.sort((a, b) => (a.taken_at < b.taken_at ? -1 : 1)));
  });
}

export function get(id) {
  return run("readonly", (store, answer) => {
    const request = store.get(id);
    request.onsuccess = () => (answer.value = request.result);
  });
}

// Nothing happens where the entry is gone: what a person deleted does not come back.
export async function update(id, change) {
  await run("readwrite", (store) => {
    const request = store.get(id);
    request.onsuccess = () => request.result && store.put({ ...request.result, ...change });
  });
  changed();
}

export async function remove(id) {
  await run("readwrite", (store) => store.delete(id));
  changed();
}

export async function forgetOldSent(account) {
  const sent = (await all()).filter((entry) => entry.state === "sent" && entry.account === account);
  for (const entry of sent.slice(0, Math.max(0, sent.length - SENT_KEPT))) await remove(entry.id);
}
