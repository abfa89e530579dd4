// The next scan within the page: the decision is sent, and what comes takes the place of what was read. Nothing is
// begun anew but the scan: styles, scripts and the place on the graphics card stay. Where anything is otherwise than
// expected, the form is sent as a browser without scripts sends it, and a decision that had arrived is not taken twice.
import { begin, held, open } from "./ahead.js";
import { presented } from "./painted.js";
import { start } from "./start.js";

let said = null;

// form: of the decision; button: the one that was pressed. Gives false where the page as a whole goes on.
export async function exchange(form, button) {
  const sent = new URLSearchParams(new FormData(form, button));
  sent.set("within_page", "on");
  sent.set("held", JSON.stringify(held()));
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: sent });
    if (answer.redirected) return leave(answer.url);
    if (answer.status === 422) return put(parsed(await answer.text()), new Map(), location.pathname);
    if (!answer.ok) throw new Error(`${answer.status}`);
  } catch {
    return whole(form, button);
  }
  const { address, held: given, page } = await answer.json();
  try {
    const images = await open(given);
    if (images.size) {
      preview(images);
      await Promise.all([...images.values()].map(presented)); // the page's own work would take the processor from it
    }
    const asked = page ? null : fetch(address); // what came along is not asked for
    begin();
    if (page) return put(parsed(page), images, address);
    const next = await asked;
    if (!next.ok || next.redirected) return leave(address);
    return put(parsed(await next.text()), images, address);
  } catch {
    return leave(address);
  }
}

// Gives nothing where it is no page of a scan to be read.
function parsed(text) {
  const found = new DOMParser().parseFromString(text, "text/html");
  if (!found.querySelector("main #decision [data-scan]")) throw new Error("another page");
  return found;
}

const main = () => document.querySelector("main");

// The picture alone, until the page around it is there: never beside the declaration of another scan. Where the reader
// looks already, if as many images come as stand there: nothing else of the screen has to be drawn then.
function preview(images) {
  for (const image of images.values()) image.setAttribute("elementtiming", "xray-preview");
  const stages = main().querySelectorAll("[data-scan] .xv-stage");
  if (stages.length === images.size) {
    document.getElementById("decision").classList.add("xr-coming");
    [...images.values()].forEach((image, number) => {
      image.className = "xv-coming";
      stages[number].replaceChildren(image);
    });
  } else {
    const [desk, place, beside] = [0, 0, 0].map(() => document.createElement("div"));
    [desk.className, place.className, beside.className] = ["xr-desk", "xr-image xv-plain", "xr-side"];
    place.append(...images.values());
    desk.append(place, beside);
    main().replaceChildren(desk);
  }
  scrollTo(0, 0);
}

function put(next, images, address) {
  const places = freed(next, images);
  main().replaceChildren(...next.querySelector("main").childNodes);
  document.title = next.title;
  const links = next.querySelector(".top-links");
  if (links) document.querySelector(".top-links")?.replaceWith(links);
  if (address !== location.pathname) history.pushState(null, "", address);
  for (const one of document.querySelectorAll("header [name=next]")) one.value = address;
  for (const [place, image] of places) place.replaceWith(image);
  scrollTo(0, 0);
  start();
  say(document.getElementById("decision").dataset.said);
  return true;
}

// Pictures that are here already take the places of those that the page would ask for, once it is shown: a picture that
// goes to another document is loaded anew.
function freed(next, images) {
  const element = next.querySelector("[data-scan]");
  const there = element.querySelectorAll("[data-xray-preview]");
  const places = [];
  JSON.parse(element.dataset.scan).views.forEach(({ planes_url: address }, number) => {
    const image = images.get(address);
    if (!image || !there[number]) return;
    image.removeAttribute("class");
    for (const { name, value } of there[number].attributes) if (name !== "src") image.setAttribute(name, value);
    const place = document.createElement("span");
    there[number].replaceWith(place);
    places.push([place, image]);
    for (const one of element.querySelectorAll("link")) if (one.getAttribute("href") === address) one.remove();
  });
  for (const one of next.querySelectorAll("main script, main link[rel=modulepreload]")) one.remove();
  return places;
}

function leave(address) {
  location.assign(address);
  return false;
}

// As without scripts. `submit()` leaves out the button: it goes along as a hidden field.
function whole(form, button) {
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  form.append(pressed);
  form.submit();
  return false;
}

// What replaces a page is not read out by itself.
function say(words) {
  if (!said) {
    said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    document.body.append(said);
  }
  said.textContent = words;
}

addEventListener("popstate", () => location.reload());
