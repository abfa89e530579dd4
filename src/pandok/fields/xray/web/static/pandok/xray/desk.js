// Keys of the reading desk: each presses the button that names it in `data-key` (the place of the key, so that a Korean
// input method does not matter). Nothing is pressed while somebody writes, marks or looks at the list of keys, nor twice.
import { fetchAhead } from "./ahead.js";
import { exchange } from "./exchange.js";
import { writing } from "./keys.js";

const busy = () => Boolean(document.querySelector("dialog[open], [data-tool]"));
const own = (target) => target.closest?.("button, a, summary, input, select");
let pressed = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat || event.defaultPrevented) return;
  if (pressed || writing(event.target) || busy()) return;
  const enterish = event.code === "Enter" || event.code === "Space";
  if (enterish && own(event.target)) return; // whoever stands on a button means that button
  const button = document.querySelector(`button[data-key="${CSS.escape(event.code)}"]`);
  if (!button) return;
  event.preventDefault();
  pressed = true;
  button.form.requestSubmit(button);
});

document.addEventListener("submit", async (event) => {
  if (event.target.id !== "decision" || !event.submitter || event.defaultPrevented) return;
  event.preventDefault();
  pressed = true;
  if (await exchange(event.target, event.submitter)) pressed = false;
});

// Once the reader has all of this scan, the line is free for the next one.
document.addEventListener("xray:exact", () => fetchAhead(document.getElementById("decision")));

// The page that the browser keeps when one goes back takes keys again.
addEventListener("pageshow", () => { pressed = false; });
