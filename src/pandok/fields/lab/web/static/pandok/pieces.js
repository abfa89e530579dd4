// A file in pieces to /api/v1/lab/uploads (tus 1.0: a piece says where it begins). What has come stays for a day, so
// that a broken connection costs one piece, and a closed page nothing: the upload is remembered by the file's sha256.
const UPLOADS = "/api/v1/lab/uploads";
const PIECE = "application/offset+octet-stream";
const LONGEST_WAIT_MS = 15000;
export const SIGNED_OUT = "api.not_signed_in";

export class Refused extends Error {
  constructor(answer) {
    super(answer.code);
    this.answer = answer;
    this.code = answer.code;
  }
}

class Lost extends Error {}

function call(method, address, token, { body = null, type = "application/json", headers = {}, gone = null } = {}) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    if (body !== null) request.setRequestHeader("Content-Type", type);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (gone) request.upload.addEventListener("progress", (step) => gone(step.loaded));
    for (const loss of ["error", "abort", "timeout"]) request.addEventListener(loss, () => failed(new Lost()));
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        return failed(new Lost()); // a proxy's page
      }
      if (request.status < 300) done(answer);
      else if (request.status >= 500 || request.status === 429) failed(new Lost());
      else failed(new Refused(answer));
    });
    request.send(body);
  });
}

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing: the upload still goes on while the page is open.
  }
}

// Until the network is said to be back, or a little longer each time.
function pause(tries) {
  return new Promise((done) => {
    const wait = setTimeout(over, Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(tries, 8)));
    function over() {
      clearTimeout(wait);
      removeEventListener("online", over);
      done();
    }
    addEventListener("online", over);
  });
}

// Returns the id of the submission. `show` gets the share that has come, `wait` is called while the connection is lost,
// `whole` says whether the file is still there as it was chosen. Throws Refused.
export async function inPieces({ file, problem, key, token, show, wait, whole }) {
  const sum = await sha256(file);
  const name = `pandok-upload:${problem}:${sum}`;
  const known = remembered(name) ?? { key };

  async function lasting(act) {
    for (let tries = 0; ; tries += 1) {
      try {
        return await act();
      } catch (error) {
        const busy = error instanceof Refused && error.code === "lab.upload_busy";
        if (!busy && !(error instanceof Lost)) throw error;
        if (!(await whole())) throw error;
        wait();
        await pause(tries);
      }
    }
  }

  async function begun() {
    const body = JSON.stringify({ bytes: file.size, sha256: sum });
    const made = await lasting(() => call("POST", UPLOADS, token, { body }));
    known.id = made.id;
    remember(name, known);
    return made;
  }

  async function found() {
    if (!known.id) return begun();
    try {
      return await lasting(() => call("GET", `${UPLOADS}/${known.id}`, token));
    } catch (error) {
      if (error instanceof Refused && error.code === "api.not_found") return begun();
      throw error;
    }
  }

  let upload = await found();
  while (upload.offset < file.size) {
    show(upload.offset / file.size);
    const from = upload.offset;
    try {
      upload = await call("PATCH", `${UPLOADS}/${upload.id}`, token, {
        body: file.slice(from, from + upload.piece_bytes),
        type: PIECE,
        headers: { "Upload-Offset": String(from) },
        gone: (bytes) => show(Math.min(0.999, (from + bytes) / file.size)),
      });
    } catch (error) {
      const elsewhere = error instanceof Refused && ["lab.upload_offset", "lab.upload_busy"].includes(error.code);
      if (!elsewhere && !(error instanceof Lost)) throw error;
      if (!(await whole())) throw error;
      wait();
      await pause(0);
      upload = await found();
    }
  }
  show(1);
  const body = JSON.stringify({ problem_id: problem, upload_key: known.key });
  try {
    const made = await lasting(() => call("POST", `${UPLOADS}/${upload.id}/submission`, token, { body }));
    return made.id;
  } finally {
    remember(name, null);
  }
}
