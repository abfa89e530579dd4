// The map at a moment of a stored day: the slider moves its tiles, and the list follows. Without scripts the same form
// is sent, and the page says the moment as a list.
import "./map.js";

const slider = document.getElementById("id_minute");
const form = document.getElementById("moment");
const run = document.getElementById("run");
const RUN_MS = 900;
let timer = null;
let asked = 0;

const second = () => Number(slider.dataset.begins) + 60 * Number(slider.value);

function moved() {
  const place = document.getElementById("map");
  const tiles = new URL(`${place?.dataset.tiles}${second()}/`, location.href).href + "{z}/{x}/{y}.mvt";
  place?.pandokMap?.getSource("poles")?.setTiles([tiles]);
}

async function said() {
  const mine = ++asked;
  const query = new URLSearchParams(new FormData(form));
  history.replaceState(null, "", `?${query}`);
  const answer = await fetch(`?${query}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]"))
    part.replaceChildren(...fresh.querySelector(`[data-part="${part.dataset.part}"]`).childNodes);
}

function stop() {
  clearInterval(timer);
  timer = null;
  run.textContent = run.dataset.run;
}

slider.addEventListener("input", moved);
slider.addEventListener("change", () => {
  moved();
  said();
});
run.addEventListener("click", () => {
  if (timer) return stop();
  run.textContent = run.dataset.stop;
  timer = setInterval(() => {
    if (Number(slider.value) >= Number(slider.max)) return stop();
    slider.value = Number(slider.value) + Number(slider.step);
    moved();
    said();
  }, RUN_MS);
});
