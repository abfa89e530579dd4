// The capture form: photographs are held as they were taken, shown, given a box; then the capture goes through the queue on the
// phone, so that a lost network, a lost answer or an empty battery costs nothing.
import { chooseBox } from "./crop.js";
import { checked, declared, fields, hint, suggestImporters } from "./declared.js";
import { held } from "./held.js";
import { account, askForBackgroundSync, holdInForm } from "./offline.js";
import { get, put } from "./queue.js";
import { startScanning } from "./scan.js";
import { sendWaiting } from "./send.js";
import { smaller } from "./smaller.js";
import { thumb } from "./thumb.js";
import { postWithProgress } from "./upload.js";

function go(address) {
  if (!window.htmx || document.documentElement.dataset.offlinePage !== undefined) location.assign(address);
  else window.htmx.ajax("GET", address, { target: "body", swap: "innerHTML show:window:top", push: "true" });
}

function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  const words = form.dataset;
  const inputs = [...form.querySelectorAll("[data-take]")];
  const list = form.querySelector("[data-thumbs]");
  const say = form.querySelector("[data-say]");
  const faults = form.querySelector("[data-faults]");
  const progress = form.querySelector("[data-progress]");
  const label = form.querySelector("[data-read-label]");
  const press = form.querySelector("#read");
  const kept = Number(words.kept);
  const room = Number(words.room);
  const most = Number(words.mostBytes) || Infinity;
  let taken = [];
  let mending = null;
  let busy = false;
  let withoutQueue = false;
  let coming = 0;
  let gathering = Promise.resolve();

  // One input carries all files; the visible ones only gather.
  const carrier = document.createElement("input");
  carrier.type = "file";
  carrier.name = "photographs";
  carrier.multiple = true;
  carrier.hidden = true;
  form.append(carrier);
  inputs.forEach((input) => input.removeAttribute("name"));

  function remove(one) {
    URL.revokeObjectURL(one.address);
    taken = taken.filter((other) => other !== one);
    say.textContent = "";
    show();
    (list.querySelector(".thumb-remove") ?? inputs[0])?.focus();
  }

  async function crop(one, place) {
    one.box = await chooseBox(one.address, one.box, words);
    show();
    list.querySelectorAll(".thumb-crop")[place]?.focus();
  }

  function show() {
    const transfer = new DataTransfer();
    taken.forEach((one) => transfer.items.add(one.file));
    carrier.files = transfer.files;
    list.querySelectorAll("[data-new]").forEach((item) => item.remove());
    list.append(...taken.map((one, place) => thumb(one, kept + place + 1, words, () => remove(one), () => crop(one, place))));
    const count = kept + taken.length;
    label.textContent = count ? `${words.textRead} (${count})` : words.textRead;
    form.classList.toggle("has-photographs", count > 0);
  }

  // `holding`: for each chosen file its bytes, or nothing where they cannot be read.
  async function add(names, holding) {
    const lost = [];
    for (const [place, name] of names.entries()) {
      const file = await holding[place];
      if (!file) {
        lost.push(name);
        continue;
      }
      if (taken.length >= room) {
        say.textContent = words.textFull;
        break;
      }
      const ready = file.size > most ? await smaller(file) : file;
      const reduced = ready !== file;
      taken.push({ file: ready, reduced, address: URL.createObjectURL(ready), box: null, at: new Date().toISOString() });
      show();
    }
    if (lost.length) tellLost(lost);
  }

  function tellLost(names) {
    const lines = names.map((name) => {
      const line = document.createElement("p");
      line.textContent = [name, words.textUnreadable].filter(Boolean).join(": ");
      return line;
    });
    faults.replaceChildren(...lines);
    faults.hidden = false;
    faults.focus();
  }

  function gather(input) {
    const files = [...input.files];
    if (!files.length) return;
    // All bytes at once: the second file must not change while the first is looked at.
    const holding = files.map(held);
    const names = files.map((file) => file.name);
    input.value = "";
    faults.hidden = true;
    coming += files.length;
    gathering = gathering.then(() => add(names, holding)).finally(() => (coming -= files.length));
  }

  function empty() {
    taken.forEach((one) => URL.revokeObjectURL(one.address));
    taken = [];
    mending = null;
    for (const field of declared(form)) field.value = "";
    show();
  }

  function tellFaults(entry) {
    const language = document.documentElement.lang === "en" ? "en" : "ko";
    const bad = new Set(entry.faults.map((fault) => fault.photograph));
    const sentences = entry.faults.map((fault) => [fault.name, fault.message[language]].filter(Boolean).join(": "));
    faults.replaceChildren(
      ...[entry.reason?.[language] ?? words.textRefused, ...sentences].map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      }),
    );
    faults.hidden = false;
    faults.focus();
    taken = taken.filter((_, place) => !bad.has(place));
    show();
  }

  async function send(entry) {
    if (navigator.onLine) {
      await sendWaiting({
        evenEarly: true,
        only: entry.id,
        post: postWithProgress((share) => {
          progress.hidden = false;
          progress.value = share;
          label.textContent = share < 1 ? `${words.textSending} ${Math.round(100 * share)} %` : words.textReading;
        }),
      });
    }
    const now = await get(entry.id);
    if (now?.state === "sent") {
      empty();
      go(now.address);
    } else if (now?.state === "refused") {
      mending = entry.id;
      tellFaults(now);
      return;
    } else {
      empty();
      say.textContent = now?.problem === "sign-in" ? words.textSignIn : words.textSaved;
      askForBackgroundSync();
    }
    holdInForm(entry.id, false);
  }

  function setBusy(now) {
    busy = press.disabled = now;
    inputs.forEach((input) => (input.disabled = now));
  }

  async function keep(event) {
    // Photographs that the server keeps already go the way without a queue; so do all where this phone cannot keep any.
    const owner = account();
    const offlinePage = "offline" in words;
    const able = "indexedDB" in window && "randomUUID" in crypto;
    const nothing = !taken.length && !coming;
    if (nothing && !kept && event.submitter?.name === "read") {
      event.preventDefault();
      event.stopImmediatePropagation();
      say.textContent = words.textNone;
      return;
    }
    if (!offlinePage && (kept || nothing || !owner || !able || withoutQueue || event.submitter?.name === "remove")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (busy) return;
    if (!owner) return void (say.textContent = words.textNobody);
    const wrong = checked(form).find((field) => !hint(form, field));
    if (wrong) return openField(wrong.name);
    setBusy(true);
    faults.hidden = true;
    say.textContent = "";
    await gathering;
    if (!taken.length) {
      setBusy(false);
      return;
    }
    const entry = {
      id: crypto.randomUUID(),
      account: owner,
      taken_at: taken[0].at,
      state: "waiting",
      attempts: 0,
      next_at: 0,
      fields: fields(form),
      photographs: taken.map((one) => ({ blob: one.file, name: one.file.name, box: one.box, reduced: one.reduced })),
    };
    holdInForm(entry.id, true);
    try {
      await put(entry, mending);
      await sendKept(entry);
    } catch (error) {
      // Told at once, and nothing is taken out of the form; the next press sends it without keeping it first.
      say.textContent = error.name === "QuotaExceededError" ? words.textNoRoom : words.textNotStored;
      withoutQueue = !offlinePage;
      holdInForm(entry.id, false);
    }
    progress.hidden = true;
    setBusy(false);
    show();
  }

  // From here on the capture is safe in the queue: whatever fails, it is sent later.
  async function sendKept(entry) {
    navigator.storage?.persist?.();
    try {
      await send(entry);
    } catch {
      empty();
      say.textContent = words.textSaved;
      holdInForm(entry.id, false);
    }
  }

  function openField(name) {
    const field = form.elements[name];
    field.closest("details").open = true;
    field.focus();
  }

  async function mend(event) {
    const entry = event.detail;
    if (!form.isConnected) return;
    if (mending) holdInForm(mending, false);
    mending = entry.id;
    holdInForm(entry.id, true);
    const files = await Promise.all(entry.photographs.map(({ blob, name }) => held(new File([blob], name, { type: blob.type }))));
    taken = entry.photographs.flatMap(({ box, reduced }, place) => {
      const file = files[place];
      return file ? [{ file, reduced, address: URL.createObjectURL(file), box, at: entry.taken_at }] : [];
    });
    for (const field of declared(form)) field.value = entry.fields[field.name] ?? "";
    show();
    form.scrollIntoView();
    const lost = entry.photographs.filter((_, place) => !files[place]).map(({ name }) => name);
    if (lost.length) tellLost(lost);
    else inputs[0].focus();
  }

  inputs.forEach((input) => input.addEventListener("change", () => gather(input)));
  checked(form).forEach((field) => field.addEventListener("change", () => hint(form, field)));
  suggestImporters(form.elements.importer);
  form.addEventListener("submit", keep, { capture: true });
  document.addEventListener("pandok:mend", mend);
  form.addEventListener("htmx:sendError", () => {
    progress.hidden = true;
    say.textContent = words.textLost;
    show();
  });
  startScanning(form, smaller);
  show();
  // A photograph may have been taken before this script had arrived.
  inputs.forEach(gather);
}

function startAll() {
  document.querySelectorAll("#capture").forEach(start);
}

startAll();
document.addEventListener("htmx:afterSettle", startAll);
