// The list of captures on this phone, when they are sent, and the service worker that keeps the app shell.
import { all, onChange, remove } from "./queue.js";
import { releaseCutOff, sendWaiting } from "./send.js";

const ACCOUNT = "pandok.account";
const inTheForm = new Set();
let timer = 0;
let drawing = Promise.resolve();

// Who takes photographs on this phone: the last one to have signed in here; nobody after signing out.
export function account() {
  return document.querySelector("#capture")?.dataset.account || localStorage.getItem(ACCOUNT);
}

// An entry that the form shows or sends itself is not shown in the list too.
export function holdInForm(id, held) {
  if (held) inTheForm.add(id);
  else inTheForm.delete(id);
  draw();
}

export async function askForBackgroundSync() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration("/");
    await registration?.sync?.register("pandok-captures");
  } catch {
    // Not offered or not allowed here: the page sends when it is open.
  }
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(className, text, action) {
  const made = element("button", `button ${className}`, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function row(entry, words) {
  const language = document.documentElement.lang === "en" ? "en" : "ko";
  const item = element("li", `queue-row queue-${entry.state}`);
  item.dataset.capture = entry.id;
  const picture = entry.photographs[0];
  if (picture) {
    const image = element("img", "small-view");
    image.alt = "";
    image.src = URL.createObjectURL(picture.blob);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    item.append(image);
  }
  const time = new Date(entry.taken_at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
  const text = element("div", "queue-words");
  const state = { waiting: words.textWaiting, sending: words.textSending, sent: words.textSent, refused: words.textRefused };
  text.append(element("b", "queue-state", state[entry.state]));
  const count = entry.photographs.length;
  text.append(element("span", "faint", [time, count && words.textPhotographs.replace("#", count), entry.fields.parcel_number].filter(Boolean).join(" · ")));
  const why = entry.problem === "sign-in" ? words.textSignIn : entry.reason?.[language];
  if (why) text.append(element("span", "queue-why", why));
  for (const fault of entry.faults ?? []) {
    const name = fault.name || (fault.photograph !== undefined ? `${words.textPhotograph} ${fault.photograph + 1}` : "");
    text.append(element("span", "queue-why", [name, fault.message[language]].filter(Boolean).join(": ")));
  }
  item.append(text);
  const actions = element("div", "queue-actions");
  if (entry.state === "sent" && entry.address) {
    const link = element("a", "button chip", words.textOpen);
    link.href = entry.address;
    actions.append(link);
  }
  if (entry.state === "refused") {
    actions.append(button("chip", words.textMend, () => document.dispatchEvent(new CustomEvent("pandok:mend", { detail: entry }))));
  }
  if (entry.state !== "sending") {
    const erase = button("chip", words.textDelete, async () => {
      if (entry.state === "sent" || window.confirm(words.textConfirm)) await remove(entry.id);
    });
    erase.setAttribute("aria-label", `${words.textDelete}: ${time}`);
    actions.append(erase);
  }
  item.append(actions);
  return item;
}

async function drawNow() {
  const section = document.querySelector("#queue");
  if (!section) return;
  const owner = account();
  const entries = (await all()).filter((entry) => entry.account === owner);
  const shown = entries.filter((entry) => !inTheForm.has(entry.id));
  const open = shown.filter((entry) => entry.state !== "sent");
  section.hidden = shown.length === 0;
  document.querySelectorAll("[data-queue-count]").forEach((count) => (count.textContent = open.length));
  document.querySelector("[data-queue-link]").hidden = open.length === 0;
  section.querySelector("[data-queue-list]").replaceChildren(...shown.map((entry) => row(entry, section.dataset)));
  section.querySelector("[data-queue-send]").hidden = !open.some((entry) => entry.state === "waiting");
  section.querySelector("[data-queue-sign-in]").hidden = !open.some((entry) => entry.problem === "sign-in");
  plan(entries);
}

// One drawing after the other, so that an older state never covers a newer one.
function draw() {
  drawing = drawing.then(drawNow, drawNow);
}

function plan(entries) {
  clearTimeout(timer);
  const waiting = entries.filter((entry) => entry.state === "waiting" && entry.problem !== "sign-in");
  if (!waiting.length || !navigator.onLine) return;
  const next = Math.min(...waiting.map((entry) => entry.next_at ?? 0));
  timer = setTimeout(() => sendWaiting(), Math.max(1_000, next - Date.now()));
}

function start() {
  const section = document.querySelector("#queue");
  if (!section || section.dataset.started) return;
  section.dataset.started = "yes";
  section.querySelector("[data-queue-send]").addEventListener("click", async (event) => {
    event.currentTarget.disabled = true;
    await sendWaiting({ evenEarly: true });
    section.querySelector("[data-queue-send]").disabled = false;
  });
  const signedIn = document.querySelector("#capture").dataset.account;
  if (signedIn) localStorage.setItem(ACCOUNT, signedIn);
  draw();
  releaseCutOff().then(() => navigator.onLine && sendWaiting({ evenEarly: true }));
}

onChange(draw);
window.addEventListener("online", () => sendWaiting({ evenEarly: true }));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && navigator.onLine && sendWaiting());
document.addEventListener("htmx:afterSettle", start);
start();
navigator.serviceWorker
  ?.register(`/service-worker.js?language=${document.documentElement.lang}`, { type: "module", scope: "/", updateViaCache: "none" })
  .catch(() => {}); // No module workers here: photographs are still kept and sent, but a page must be open.
