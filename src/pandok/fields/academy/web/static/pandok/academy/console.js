// The console of a sitting: the keys and the exchange of pages are those of the reading desk (xray/desk.js). Here is what
// it has beside: the time of a picture, and the picture that comes next, fetched sealed where no picture is shown.
import { fetchAhead } from "../xray/ahead.js";

const TICK_MS = 100;
let running = null;
let arrivedAt = null;

function arrived() {
  const form = document.getElementById("decision");
  if (!form || form === arrivedAt) return;
  arrivedAt = form;
  clearInterval(running);
  const timer = form.querySelector("[data-left-ms]");
  if (timer) run(form, timer);
  // With a picture on the screen the desk fetches once that one is whole.
  if (form.dataset.ahead && !form.querySelector("[data-xray-plain], .xv-room")) fetchAhead(form);
}

// The server counts as well, from when it gave the picture away: what is pressed after its time is a time-out there.
function run(form, timer) {
  const left = timer.querySelector("[data-left]");
  const bar = timer.querySelector("progress");
  const end = performance.now() + Number(timer.dataset.leftMs);
  const tick = () => {
    if (!form.isConnected) {
      clearInterval(running);
      return;
    }
    const rest = Math.max(0, end - performance.now());
    left.textContent = (rest / 1000).toFixed(1);
    bar.value = rest;
    timer.classList.toggle("ac-last", rest < 2000);
    if (rest > 0) return;
    clearInterval(running);
    form.requestSubmit(document.getElementById("time-over"));
  };
  tick();
  running = setInterval(tick, TICK_MS);
}

new MutationObserver(arrived).observe(document.querySelector("main"), { childList: true });
arrived();
