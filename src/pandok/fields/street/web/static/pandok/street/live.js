// The list follows what changes; without scripts it is the same list, as of the moment it was loaded.
const page = document.querySelector("[data-live]");
if (page && "EventSource" in window) {
  const events = new EventSource(`${page.dataset.live}?since=${page.dataset.mark}`);
  let busy = false;
  events.addEventListener("changed", async () => {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#alerts");
      const list = document.querySelector("#alerts");
      const at = document.activeElement?.getAttribute?.("href");
      if (fresh && list) list.replaceChildren(...fresh.childNodes);
      if (at && list) list.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
    } finally {
      busy = false;
    }
  });
}
