// How many cases are chosen, told beside the acts on them.
function start() {
  const form = document.querySelector("#bulk");
  const told = form?.querySelector("[data-picked]");
  if (!told || form.dataset.started) return;
  form.dataset.started = "yes";
  told.setAttribute("role", "status");
  const count = () => {
    const picked = form.querySelectorAll("input[name=case]:checked").length;
    told.textContent = picked ? `(${picked})` : "";
  };
  form.addEventListener("change", count);
  count();
}

start();
document.addEventListener("htmx:afterSettle", start);
