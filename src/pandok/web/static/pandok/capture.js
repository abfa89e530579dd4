// Photographs before they are sent: shown, made smaller on the phone, several shots gathered, progress told.
const LONGEST_SIDE_PX = 1600;
const JPEG_QUALITY = 0.9;
const SMALL_ENOUGH_BYTES = 1_200_000;

async function smaller(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // This browser cannot decode it (HEIC): the server can, or says why not.
  }
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH_BYTES) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}

function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  const words = form.dataset;
  const inputs = [...form.querySelectorAll("[data-take]")];
  const list = form.querySelector("[data-thumbs]");
  const say = form.querySelector("[data-say]");
  const progress = form.querySelector("[data-progress]");
  const label = form.querySelector("[data-read-label]");
  const kept = Number(words.kept);
  const room = Number(words.room);
  let taken = [];

  // One input carries all files; the visible ones only gather.
  const carrier = document.createElement("input");
  carrier.type = "file";
  carrier.name = "photographs";
  carrier.multiple = true;
  carrier.hidden = true;
  form.append(carrier);
  inputs.forEach((input) => input.removeAttribute("name"));

  function show() {
    const transfer = new DataTransfer();
    taken.forEach((one) => transfer.items.add(one.file));
    carrier.files = transfer.files;
    list.querySelectorAll("[data-new]").forEach((item) => item.remove());
    taken.forEach((one, place) => {
      const number = kept + place + 1;
      const item = document.createElement("li");
      item.className = "thumb";
      item.dataset.new = "";
      const image = document.createElement("img");
      image.src = one.address;
      image.alt = `${words.textPhotograph} ${number}`;
      image.addEventListener("error", () => item.classList.add("thumb-blind"));
      const name = document.createElement("span");
      name.className = "thumb-name";
      name.textContent = one.file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "thumb-remove";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `${words.textRemove}: ${image.alt}`);
      remove.addEventListener("click", () => {
        URL.revokeObjectURL(one.address);
        taken = taken.filter((other) => other !== one);
        say.textContent = "";
        show();
        (list.querySelector(".thumb-remove") ?? inputs[0])?.focus();
      });
      item.append(image, name, remove);
      list.append(item);
    });
    const count = kept + taken.length;
    label.textContent = count ? `${words.textRead} (${count})` : words.textRead;
    form.classList.toggle("has-photographs", count > 0);
  }

  async function gather(input) {
    const files = [...input.files];
    input.value = "";
    for (const file of files) {
      if (taken.length >= room) {
        say.textContent = words.textFull;
        break;
      }
      const ready = await smaller(file);
      taken.push({ file: ready, address: URL.createObjectURL(ready) });
      show();
    }
  }

  inputs.forEach((input) => input.addEventListener("change", () => gather(input)));

  form.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total, lengthComputable } = event.detail;
    if (!lengthComputable) return;
    progress.hidden = false;
    progress.value = loaded / total;
    label.textContent = loaded < total ? `${words.textSending} ${Math.round((100 * loaded) / total)} %` : words.textReading;
  });
  form.addEventListener("htmx:sendError", () => {
    progress.hidden = true;
    say.textContent = words.textLost;
    show();
  });
  show();
  // A photograph may have been taken before this script had arrived.
  inputs.forEach(gather);
}

function startAll() {
  document.querySelectorAll("#capture").forEach(start);
}

startAll();
document.addEventListener("htmx:afterSettle", startAll);
