// Sends what waits in the queue, from a page or from the service worker, one at a time. The server keeps a capture once
// under its number, so that sending again after a lost answer is always safe.
import { readable } from "./held.js";
import { all, forgetOldSent, update } from "./queue.js";
import { slowNetwork, smaller } from "./smaller.js";

const ADDRESS = "/captures/";
const SESSION = "/captures/session/";
const WAITS_MS = [5_000, 15_000, 60_000, 300_000];
// A network that is there but carries nothing; seven photographs over a slow one need a while.
export const PATIENCE_MS = 120_000;
const SHORT_PATIENCE_MS = 15_000;
const REFUSALS = [400, 404, 413, 415, 422];
// After so many tries the photographs themselves were too much for this network.
const TRIES_WITH_ORIGINALS = 2;
const GONE = {
  ko: "기기에서 이 사진을 더 이상 읽을 수 없습니다. 다시 촬영하거나 다시 골라 주십시오.",
  en: "This device can no longer read the photograph. Take it again, or choose it again.",
};

// Only one sender at a time in this browser; without locks the server's idempotence still keeps one.
function alone(work, wait) {
  if (!navigator.locks) return work();
  return navigator.locks.request("pandok-sending", { ifAvailable: !wait }, (lock) => (lock ? work() : null));
}

async function postWithFetch(address, form, headers) {
  const response = await fetch(address, { method: "POST", body: form, headers, signal: AbortSignal.timeout?.(PATIENCE_MS) });
  return { status: response.status, redirected: response.redirected, json: await asJson(response) };
}

async function asJson(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

// Who is signed in: an account and its token, "sign-in" where nobody is, null without a network.
async function whoIsSignedIn() {
  try {
    const response = await fetch(SESSION, { cache: "no-store", signal: AbortSignal.timeout?.(SHORT_PATIENCE_MS) });
    if (response.redirected || response.status === 401 || response.status === 403) return "sign-in";
    return response.ok ? await asJson(response) : null;
  } catch {
    return null;
  }
}

// What is sent of a photograph: the file itself, or a smaller one where the network would not carry it.
async function asSent(photograph, reduce) {
  if (!reduce || photograph.reduced) return photograph;
  const name = photograph.name;
  const file = await smaller(new File([photograph.blob], name, { type: photograph.blob.type }));
  return file.name === name && file.size === photograph.blob.size ? photograph : { ...photograph, blob: file, name: file.name, reduced: true };
}

// Places of photographs that this device cannot read any more.
async function unreadable(entry) {
  const able = await Promise.all(entry.photographs.map(({ blob }) => readable(blob)));
  return able.flatMap((yes, place) => (yes ? [] : [place]));
}

function asForm(entry, photographs) {
  const form = new FormData();
  form.append("capture_id", entry.id);
  form.append("account", entry.account);
  form.append("taken_at", entry.taken_at);
  for (const [name, value] of Object.entries(entry.fields)) form.append(name, value);
  for (const photograph of photographs) {
    form.append("photographs", photograph.blob, photograph.name);
    form.append("box", photograph.box ? photograph.box.join(",") : "");
    form.append("reduced", photograph.reduced ? "1" : "");
  }
  return form;
}

function later(entry, problem = "") {
  const attempts = (entry.attempts ?? 0) + 1;
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1];
  return update(entry.id, { state: "waiting", problem, attempts, next_at: Date.now() + wait });
}

async function sendOne(entry, session, post) {
  await update(entry.id, { state: "sending", problem: "" });
  const gone = await unreadable(entry);
  if (gone.length) {
    const faults = gone.map((place) => ({ photograph: place, name: entry.photographs[place].name, message: GONE }));
    await update(entry.id, { state: "refused", reason: GONE, faults });
    return true;
  }
  let answer;
  try {
    const reduce = slowNetwork() || (entry.attempts ?? 0) >= TRIES_WITH_ORIGINALS;
    const photographs = await Promise.all(entry.photographs.map((one) => asSent(one, reduce)));
    answer = await post(ADDRESS, asForm(entry, photographs), { "X-CSRFToken": session.csrf_token, Accept: "application/json" });
  } catch {
    await later(entry);
    return false;
  }
  const { status, redirected, json } = answer;
  if (redirected || [401, 403, 409].includes(status)) {
    await update(entry.id, { state: "waiting", problem: "sign-in" });
    return false;
  }
  if (status >= 200 && status < 300 && json?.capture_id === entry.id) {
    const { address, reason } = json;
    await update(entry.id, { state: "sent", photographs: [], fields: {}, address, reason, server_state: json.state });
    await forgetOldSent(entry.account);
    return true;
  }
  if (REFUSALS.includes(status)) {
    const reason = json?.what ? { ko: `${json.what.ko} ${json.next_step.ko}`, en: `${json.what.en} ${json.next_step.en}` } : null;
    await update(entry.id, { state: "refused", reason, faults: json?.fields?.faults ?? [], status });
    return true;
  }
  await later(entry);
  return false;
}

async function sendNow({ evenEarly, only, post }) {
  const now = Date.now();
  const due = (await all()).filter(
    (entry) =>
      (entry.state === "waiting" || entry.state === "sending") &&
      (!only || entry.id === only) &&
      (evenEarly || (entry.next_at ?? 0) <= now),
  );
  if (!due.length) return;
  const session = await whoIsSignedIn();
  if (session === "sign-in") {
    for (const entry of due) await update(entry.id, { state: "waiting", problem: "sign-in" });
    return;
  }
  for (const entry of due) {
    if (!session) await later(entry);
    else if (entry.account === session.account && !(await sendOne(entry, session, post))) break;
  }
}

// A sender that was cut off (page closed, phone off) leaves its entry as "sending"; nobody holds the lock then.
export function releaseCutOff() {
  return alone(async () => {
    for (const entry of await all()) if (entry.state === "sending") await update(entry.id, { state: "waiting" });
  }, false);
}

// `only`: one entry, waiting for another sender to end; else everything that is due, `evenEarly`: everything.
export function sendWaiting({ evenEarly = false, only = null, post = postWithFetch } = {}) {
  return alone(() => sendNow({ evenEarly, only, post }), only !== null);
}
