// Beside the images: what is marked, what the help proposes, what the colours mean.
import { STANDARD } from "./colours.js";
import { html } from "./pane.js";

function button(words, spoken, act) {
  const made = html("button", "button chip", words);
  made.type = "button";
  made.setAttribute("aria-label", spoken);
  made.addEventListener("click", act);
  return made;
}

export function markList(suspicions) {
  const { marks } = suspicions;
  const { say } = suspicions.desk;
  const root = html("section", "xv-list");
  const title = html("h3", "", say("marks"));
  root.append(title);
  if (!marks.all.length) {
    root.append(html("p", "faint", say("no_marks")));
    return root;
  }
  const list = html("ol");
  marks.all.forEach((one, index) => {
    const number = index + 1;
    const item = html("li", index === marks.chosen ? "xv-chosen" : "");
    const words = html("p", "", "");
    words.append(html("b", "", say("mark_name", { number })), html("small", "number", suspicions.placeWords(one)));
    item.append(
      words,
      button(say("show"), say("show_mark", { number }), () => suspicions.show(index)),
      button(say("delete"), say("delete_mark", { number }), () => suspicions.remove(index)),
    );
    list.append(item);
  });
  root.append(list);
  return root;
}

export function candidateList(suspicions, titled) {
  const { say } = suspicions.desk;
  const root = html("section", "xv-list");
  if (titled) root.append(html("h3", "", say("help")));
  const list = html("ol");
  suspicions.candidates.forEach((one, index) => {
    const number = one.number ?? index + 1;
    const item = html("li", index === suspicions.candidate ? "xv-chosen" : "");
    const words = html("p", "", say("candidate", { number, reason: one.reason }));
    if (one.score !== undefined) words.append(html("small", "number", say("score", { score: one.score.toFixed(2) })));
    item.append(
      words,
      button(say("show"), say("show_candidate", { number }), () => suspicions.showCandidate(index)),
    );
    list.append(item);
  });
  root.append(list);
  return root;
}

export function legend(desk) {
  const { say } = desk;
  const root = html("ul", "xv-legend");
  root.setAttribute("aria-label", say("legend"));
  const colour = (rgb) => `rgb(${rgb.map(Math.round).join(" ")})`;
  const rows = [["beyond", null]];
  if (desk.views.some((one) => one.planes.includes("material"))) {
    const like = (f) => STANDARD.stops.findLast((one) => one.f <= f).rgb;
    rows.unshift(["organic", like(0)], ["mixed", like(0.5)], ["metal", like(4)], ["unknown", STANDARD.cannot_tell]);
  }
  for (const [name, rgb] of rows) {
    const item = html("li");
    const patch = html("span", rgb ? "xv-patch" : "xv-patch xv-hatched");
    if (rgb) patch.style.backgroundColor = colour(rgb);
    item.append(patch, say(`legend_${name}`));
    root.append(item);
  }
  return root;
}
