// What is declared of the goods: the same rules as the server's, told beside the field while typing.
// What the page asks for: every field says how it looks (data-looks).
export const declared = (form) => [...form.querySelectorAll("[data-looks]")];

const plain = (text) => text.normalize("NFKC").replace(/[\s\-_./‐-―−ー]/g, "");

const RIGHT = {
  number: (text) => /^[A-Za-z0-9]{4,35}$/.test(plain(text)),
  hs: (text) => /^[0-9]{6,10}$/.test(plain(text)),
};

// The fields whose form is looked at while typing.
export const checked = (form) => declared(form).filter((field) => field.dataset.looks in RIGHT);

// As the tariff writes it: 0000.00-0000.
function shownHsCode(text) {
  const digits = plain(text);
  if (!RIGHT.hs(text)) return text;
  return digits.slice(0, 4) + "." + digits.slice(4, 6) + (digits.length > 6 ? "-" + digits.slice(6) : "");
}

export function hint(form, field) {
  const words = form.dataset;
  const looks = field.dataset.looks;
  if (looks === "hs") field.value = shownHsCode(field.value);
  const right = !field.value.trim() || RIGHT[looks](field.value);
  field.setAttribute("aria-invalid", String(!right));
  form.querySelector(`[data-hint=${field.name}]`).textContent = right ? "" : words[looks === "hs" ? "textHsHint" : "textNumberHint"];
  return right;
}

export function fields(form) {
  const values = Object.fromEntries(declared(form).map((field) => [field.name, field.value.trim()]));
  const filters = { locarno_class: form.elements.locarno_class.value };
  for (const name of ["in_force_only", "recorded_only"]) if (form.elements[name].checked) filters[name] = "on";
  return { ...values, ...filters };
}

// Importers whose name, or a shipment's number, begins like what is typed: told by the desk, none of it stays here.
export function suggestImporters(field) {
  const address = field?.dataset.importers;
  if (!address) return;
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = field.value.trim();
    if (typed.length < 2) return;
    waiting = setTimeout(async () => {
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
        if (!answer.ok) return;
        const { importers } = await answer.json();
        if (field.value.trim() !== typed) return; // an answer to what was typed before
        field.list.replaceChildren(...importers.map((one) => Object.assign(document.createElement("option"), { value: one.name, label: one.why })));
      } catch {
        // Without a connection the text is kept as it was typed.
      }
    }, 250);
  });
}
