// Passkeys: asks the device for one, or lets it make one, and sends what it signed with the form around the button.
// Browsers speak of bytes, the server of base64url.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const named = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

function asBrowsersWant(options) {
  const wanted = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) wanted.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) wanted.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) wanted.allowCredentials = named(options.allowCredentials);
  return wanted;
}

function asServerReads(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

async function asked(form) {
  const made = document.getElementById("passkey-options");
  if (made) return JSON.parse(made.textContent);
  const answer = await fetch(form.dataset.ask, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function go(form) {
  const button = form.querySelector("[data-passkey-go]");
  const refused = form.querySelector("[data-passkey-refused]");
  button.disabled = true;
  refused.hidden = true;
  try {
    const publicKey = asBrowsersWant(await asked(form));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(asServerReads(credential));
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    // Cancelled, timed out, no passkey here, no network: the person chooses what to do next.
    refused.hidden = false;
    button.disabled = false;
    button.focus();
  }
}

function offer() {
  if (!window.isSecureContext || !window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) form.hidden = false;
  for (const said of document.querySelectorAll("[data-passkey-missing]")) said.hidden = true;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-passkey]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  go(event.target);
}, true);
document.addEventListener("htmx:afterSettle", offer);
offer();
