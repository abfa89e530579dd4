// Beside each step that is due: how long still, by the server's clock. Without scripts its time alone stands there.
const timers = [...document.querySelectorAll("[data-due]")];
if (timers.length) {
  const ahead = Date.now() - Date.parse(timers[0].dataset.now);
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    for (const one of timers) {
      const left = Math.round((Date.parse(one.dataset.due) - (Date.now() - ahead)) / 1000);
      const whole = Math.abs(left);
      const hours = Math.floor(whole / 3600);
      const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
      one.textContent = `${left < 0 ? "+" : "−"}${hours ? `${hours}:` : ""}${rest}`;
      one.classList.toggle("st-over", left < 0);
    }
  };
  tick();
  setInterval(tick, 1000);
}
