// Sends a submission with the share that has gone; without this file the form is sent as it is.
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
async function changed(form) {
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

function send(event) {
  event.preventDefault();
  const button = form.querySelector("button[type=submit], button:not([type])");
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  const over = (answer) => {
    button.disabled = false;
    bar.hidden = true;
    say("");
    refuse(answer);
  };
  button.disabled = true;
  bar.hidden = false;
  form.querySelector("[data-upload-refused]").hidden = true;
  request.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    bar.value = step.loaded / step.total;
    say(step.loaded < step.total ? `${Math.floor((100 * step.loaded) / step.total)} %` : form.dataset.checking);
  });
  request.addEventListener("load", () => {
    const answer = asJson(request.responseText);
    if (request.status === 200 && answer?.address) location.assign(answer.address);
    else over(answer?.what ? answer : null);
  });
  for (const loss of ["error", "abort", "timeout"]) request.addEventListener(loss, async () => over(await changed(form)));
  request.open("POST", form.action || location.href);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

if (form) form.addEventListener("submit", send);
