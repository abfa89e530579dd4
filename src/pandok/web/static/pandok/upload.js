// Sending with the share that has gone: fetch does not tell it.
import { PATIENCE_MS } from "./send.js";

export function postWithProgress(tell) {
  return (address, form, headers) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => event.lengthComputable && tell(event.loaded / event.total));
      request.addEventListener("load", () => {
        let json = null;
        try {
          json = JSON.parse(request.responseText);
        } catch {
          // Not an answer of this address; the status tells.
        }
        done({ status: request.status, redirected: new URL(request.responseURL).pathname !== address, json });
      });
      for (const loss of ["error", "abort", "timeout"]) request.addEventListener(loss, () => fail(new Error(loss)));
      request.timeout = PATIENCE_MS;
      request.send(form);
    });
}
