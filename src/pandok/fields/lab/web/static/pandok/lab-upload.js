// Sends a submission in pieces, with the share that has gone, and goes on where a lost connection left off, on this
// page or after it was closed. Without this file, or without what it needs, the form is sent as it is.
import { inPieces, Refused, SIGNED_OUT } from "./pieces.js";

const form = document.querySelector("form[data-upload]");

const CHANGED = {
  what: { ko: "고른 뒤에 파일이 바뀌었거나 없어졌습니다.", en: "The file was changed or removed after it was chosen." },
  next_step: { ko: "파일을 다시 고르십시오.", en: "Choose the file again." },
};

function say(text) {
  form.querySelector("[data-upload-said]").textContent = text;
}

function refuse(answer) {
  const box = form.querySelector("[data-upload-refused]");
  const language = document.documentElement.lang === "en" ? "en" : "ko";
  box.hidden = false;
  box.textContent = answer ? `${answer.what[language]} ${answer.next_step[language]}` : form.dataset.lost;
  box.focus();
}

// A file that was changed or removed after it was chosen ends the sending as a lost network does: it is told apart.
async function changed() {
  for (const input of form.querySelectorAll("input[type=file]")) {
    for (const file of input.files) {
      try {
        await file.slice(0, 1).arrayBuffer();
      } catch {
        return CHANGED;
      }
    }
  }
  return null;
}

function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function show(share) {
  const bar = form.querySelector("progress");
  bar.hidden = share === null;
  if (share === null) return;
  bar.value = share;
  say(share < 1 ? `${Math.floor(100 * share)} %` : form.dataset.checking);
}

function over(answer) {
  form.querySelector("button[type=submit]").disabled = false;
  show(null);
  say("");
  refuse(answer);
}

function atOnce() {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (step) => {
    if (step.lengthComputable) show(step.loaded / step.total);
  });
  request.addEventListener("load", () => {
    const answer = asJson(request.responseText);
    if (request.status === 200 && answer?.address) location.assign(answer.address);
    else over(answer?.what ? answer : null);
  });
  for (const loss of ["error", "abort", "timeout"]) request.addEventListener(loss, async () => over(await changed()));
  request.open("POST", form.action || location.href);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

async function send(event) {
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true;
  form.querySelector("[data-upload-refused]").hidden = true;
  show(0);
  const file = form.querySelector("input[type=file]").files[0];
  // The browser computes checksums on secure pages only.
  if (!file || !file.size || !globalThis.crypto?.subtle) return atOnce();
  say(form.dataset.reading);
  try {
    const id = await inPieces({
      file,
      problem: form.elements.pack.value,
      key: form.elements.upload_key.value,
      token: form.elements.csrfmiddlewaretoken.value,
      show,
      wait: () => say(form.dataset.waiting),
      whole: async () => !(await changed()),
    });
    location.assign(`${form.dataset.submissions}${id}/`);
  } catch (error) {
    if (!(error instanceof Refused)) return over(await changed());
    if (error.code === "lab.upload_many") return atOnce();
    over(error.code === SIGNED_OUT ? asJson(form.dataset.signedOut) : error.answer);
  }
}

if (form) form.addEventListener("submit", send);
