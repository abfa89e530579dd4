// Barcodes into a field: by the browser where it reads them (live, or on a still), else by the server on a still.
// Typing always works.
import { held } from "./held.js";

const SERVER = "/captures/codes/";
const LOOK_EVERY_MS = 200;

function detector() {
  try {
    return "BarcodeDetector" in window ? new window.BarcodeDetector() : null;
  } catch {
    return null;
  }
}

// The number of a carrier stands in letters and digits; links and long contents of QR codes are not numbers.
export function asNumber(text) {
  const plain = text.normalize("NFKC").replace(/[\s\-_./]/g, "").toUpperCase();
  return /^[A-Z0-9]{4,35}$/.test(plain) && !/^HTTPS?/.test(plain) ? plain : "";
}

async function onStill(file, token) {
  const own = detector();
  if (own) {
    const found = await own.detect(await createImageBitmap(file)).catch(() => []);
    const numbers = found.map((code) => asNumber(code.rawValue)).filter(Boolean);
    if (numbers.length) return { number: numbers[0] };
  }
  if (!navigator.onLine) return { problem: "offline" };
  const form = new FormData();
  form.append("still", file, "label.jpg");
  try {
    const response = await fetch(SERVER, { method: "POST", body: form, headers: { "X-CSRFToken": token, Accept: "application/json" } });
    if (response.redirected) return { problem: "offline" };
    const json = await response.json();
    if (!response.ok) return { sentence: json };
    const numbers = json.codes.map((code) => asNumber(code.text)).filter(Boolean);
    return numbers.length ? { number: numbers[0] } : { problem: "none" };
  } catch {
    return { problem: "offline" };
  }
}

async function token() {
  const field = document.querySelector("#capture [name=csrfmiddlewaretoken]");
  if (field) return field.value;
  try {
    const response = await fetch("/captures/session/", { cache: "no-store" });
    return response.ok && !response.redirected ? (await response.json()).csrf_token : "";
  } catch {
    return "";
  }
}

// The camera's picture is looked at until a number is found or the person closes it.
async function live(dialog) {
  const own = detector();
  if (!own || !navigator.mediaDevices?.getUserMedia) return undefined;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return undefined;
  }
  const video = dialog.querySelector("video");
  video.srcObject = stream;
  await video.play();
  dialog.showModal();
  const found = await new Promise((done) => {
    dialog.addEventListener("close", () => done(""), { once: true });
    dialog.querySelector("[data-scan-cancel]").addEventListener("click", () => dialog.close(), { once: true });
    const look = async () => {
      if (!dialog.open) return;
      const codes = await own.detect(video).catch(() => []);
      const number = codes.map((code) => asNumber(code.rawValue)).find(Boolean);
      if (number) done(number);
      else setTimeout(look, LOOK_EVERY_MS);
    };
    look();
  });
  stream.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  dialog.close();
  return found;
}

export function startScanning(form, smaller) {
  const words = form.dataset;
  const language = document.documentElement.lang === "en" ? "en" : "ko";
  for (const holder of form.querySelectorAll("[data-scan]")) {
    const field = form.elements[holder.dataset.scan];
    const still = holder.querySelector("input");
    const say = form.querySelector(`[data-scan-say=${holder.dataset.scan}]`);
    const fill = (number) => {
      field.value = number;
      field.dispatchEvent(new Event("change"));
      say.textContent = `${words.textScanned} ${number}`;
      field.focus();
    };
    holder.addEventListener("click", async (event) => {
      if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia || holder.dataset.still) return;
      event.preventDefault();
      const number = await live(document.querySelector("#scan"));
      if (number) fill(number);
      else if (number === undefined) {
        // No live picture here: the next press takes a still.
        holder.dataset.still = "yes";
        say.textContent = words.textScanStill;
      }
    });
    still.addEventListener("change", async () => {
      const file = still.files[0];
      still.value = "";
      if (!file) return;
      say.textContent = words.textScanning;
      const bytes = await held(file);
      if (!bytes) return void (say.textContent = words.textUnreadable);
      const { number, problem, sentence } = await onStill(await smaller(bytes), await token());
      if (number) fill(number);
      else if (sentence?.what) say.textContent = `${sentence.what[language]} ${sentence.next_step[language]}`;
      else say.textContent = problem === "offline" ? words.textScanOffline : words.textScanNone;
    });
  }
}
