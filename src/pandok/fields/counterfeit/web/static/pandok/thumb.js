// One photograph in the form: its picture, a button that takes it out, a button for its box.
export function thumb(one, number, words, remove, crop) {
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
  const box = document.createElement("input");
  box.type = "hidden";
  box.name = "box";
  box.value = one.box ? one.box.join(",") : "";
  const reduced = document.createElement("input");
  reduced.type = "hidden";
  reduced.name = "reduced";
  reduced.value = one.reduced ? "1" : "";
  const boxText = one.box ? words.textBoxSet : words.textBox;
  item.append(
    image,
    name,
    button("thumb-remove", "×", `${words.textRemove}: ${image.alt}`, remove),
    button("thumb-crop", boxText, `${boxText}: ${image.alt}`, crop),
    box,
    reduced,
  );
  return item;
}

function button(className, text, label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}
