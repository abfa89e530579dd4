// The page follows what changes; without scripts it is the same page, as of the moment it was loaded. Parts are
// exchanged by name: what somebody writes into a form stays.
const page = document.querySelector("[data-live]");

const listeners = [];
// Whoever draws by itself is given the mark of each change.
export const refresh = (listener) => listeners.push(listener);

async function follow() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const next = fresh.querySelector(`[data-live-part="${CSS.escape(part.dataset.livePart)}"]`);
    if (!next) continue;
    const at = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    part.replaceChildren(...next.childNodes);
    part.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? false));
    if (at) part.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
  }
}

if (page && "EventSource" in window) {
  const events = new EventSource(`${page.dataset.live}?since=${page.dataset.mark}`);
  let busy = false;
  let again = false;
  events.addEventListener("changed", async (event) => {
    listeners.forEach((one) => one(event.data));
    again = busy;
    if (busy) return;
    busy = true;
    try {
      do {
        again = false;
        await follow();
      } while (again);
    } finally {
      busy = false;
    }
  });
}
