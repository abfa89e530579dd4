// Keeps the app shell (the offline capture page and its static files) and sends waiting captures when the network is
// back. Nothing else is kept: no page with cases, no picture, no answer of the server.
import { sendWaiting } from "{{ send_script }}";

const SHELL = {
  version: "{{ shell.version }}",
  page: "{{ shell.page }}",
  files: [{% for file in shell.files %}
    "{{ file }}",{% endfor %}
  ],
};
const CACHE = `pandok-${SHELL.version}`;
const PATIENCE_MS = 10_000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // Whole or not at all: where one file fails, the old shell stays.
      await cache.addAll([...SHELL.files, new Request(SHELL.page, { cache: "no-cache", credentials: "omit" })]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith("pandok-") && name !== CACHE).map((name) => caches.delete(name)));
    })(),
  );
});

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url)) ?? fetch(request);
}

async function shell() {
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL.page)) ?? Response.error();
}

async function page(request, patient) {
  try {
    if (patient) return await fetch(request);
    // A network that is there but carries nothing must not hold up a photograph.
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE_MS));
    return await Promise.race([fetch(request), late]);
  } catch {
    return shell();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address.pathname !== "/"));
  else if (SHELL.files.includes(address.pathname)) event.respondWith(file(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "pandok-captures") event.waitUntil(sendWaiting({ evenEarly: true }));
});
