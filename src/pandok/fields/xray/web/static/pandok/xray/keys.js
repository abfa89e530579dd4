// Every key of the viewer, once: what it does, where it lies on the keyboard (so that a Korean input method does not
// matter), and its words. Digits 2 to 9, Enter and Space are left to the page around the viewer, but for Enter while
// a suspicion or a length is being set.
export const GROUPS = {
  look: { ko: "보기", en: "Looking" },
  image: { ko: "영상 기능", en: "Image functions" },
  mark: { ko: "의심 부위와 길이", en: "Suspicions and lengths" },
  page: { ko: "그 밖에", en: "Other" },
};

const ARROWS = "ArrowLeft ArrowRight ArrowUp ArrowDown";

// either: with or without Shift. inside: only while the image has the focus, as the page needs these keys elsewhere.
const key =
  (group) =>
  (does, codes, keys, ko, en, more = {}) => ({
    ...{ does, group, keys, ko, en, codes: codes.split(" ") },
    ...more,
  });
const [look, image, mark, page] = Object.keys(GROUPS).map(key);

export const KEYS = [
  look("in", "Equal NumpadAdd", "+", "확대", "Zoom in", { either: true }),
  look("out", "Minus NumpadSubtract", "−", "축소", "Zoom out", { either: true }),
  look("whole", "Digit0 Numpad0 KeyF", "0 · F", "전체 보기", "Whole image"),
  look("actual", "Digit1 Numpad1", "1", "실제 화소 (1:1)", "Actual pixels (1:1)"),
  look("arrow", ARROWS, "← → ↑ ↓", "옮겨 보기", "Move", { inside: true }),
  look("slice_back", "Comma", ",", "이전 단층", "Slice before"),
  look("slice_on", "Period", ".", "다음 단층", "Next slice"),
  look("view", "KeyV", "V", "다음 보기 (한 방향씩, 모두)", "Next view (each direction, all)"),
  look("link", "KeyK", "K", "여러 영상을 함께 움직이기", "Move images together"),
  look("past", "KeyP", "P", "지난 영상과 나란히 보기 (다음 영상)", "Past image beside (the next one)"),
  look("no_past", "KeyP", "Shift + P", "지난 영상 닫기", "Close the past image", { shift: true }),

  image("plain", "KeyR", "R", "기본 영상으로", "Back to the standard image"),
  image("base", "KeyG", "G", "색상 → 흑백(고에너지) → 흑백(저에너지)", "Colour → grey, high energy → grey, low energy"),
  image("inverse", "KeyI", "I", "명암 반전", "Invert"),
  image("organic", "KeyO", "O", "유기물 빼고 보기", "Take organic goods out"),
  image("inorganic", "KeyM", "M", "무기물·금속 빼고 보기", "Take inorganic goods and metal out"),
  image("contrast", "KeyL", "L", "부분 대비", "Local contrast"),
  image("fit", "KeyW", "W", "보이는 부분에 명암 맞추기", "Brightness range of what is visible"),
  image("edge", "KeyE", "E", "윤곽 강조", "Edges"),

  mark("mark", "KeyS", "S", "의심 부위 표시 시작", "Begin to mark a suspicion"),
  mark("grow", ARROWS, "Shift + ← → ↑ ↓", "표시 크기, 길이의 다른 끝", "Size of the mark, other end of the length", {
    shift: true,
    inside: true,
  }),
  mark("enter", "Enter NumpadEnter", "Enter", "표시 확정", "Set it", { inside: true }),
  mark("next_mark", "BracketRight", "]", "다음 의심 부위", "Next suspicion"),
  mark("last_mark", "BracketLeft", "[", "이전 의심 부위", "Suspicion before"),
  mark("delete", "Delete", "Delete", "고른 의심 부위 지우기", "Delete the chosen suspicion"),
  mark("ruler", "KeyD", "D", "길이 재기", "Measure a length"),
  mark("candidate", "KeyN", "N", "다음 판독 보조 후보", "Next candidate of the reading help"),
  mark("candidates", "KeyB", "B", "판독 보조 표시 켜기·끄기", "Boxes of the reading help on or off"),

  page("escape", "Escape", "Esc", "하던 표시·측정 그만두기", "Leave marking or measuring"),
  page("keys", "Slash", "?", "이 단축키 목록", "This list of keys", { shift: true }),
];

const NAMES = {
  "+": "Equal",
  "=": "Equal",
  "-": "Minus",
  0: "Digit0",
  1: "Digit1",
  ",": "Comma",
  ".": "Period",
  "[": "BracketLeft",
  "]": "BracketRight",
  "?": "Slash",
};

// Remote desktops send keys without their place.
const placeOf = (event) =>
  event.code || NAMES[event.key] || (/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.key);

// The row of the table that belongs to a key that was pressed, or null.
export function keyOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const code = placeOf(event);
  return (
    KEYS.find((one) => one.codes.includes(code) && (one.either || Boolean(one.shift) === event.shiftKey)) ||
    (event.key === "?" ? KEYS.find((one) => one.does === "keys") : null) ||
    null
  );
}

export const direction = (event) =>
  ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[event.code || event.key];

export const keysOf = (does) => KEYS.find((one) => one.does === does)?.keys ?? "";

// Does somebody write where the key was pressed?
export function writing(target) {
  return Boolean(
    target?.closest?.(
      "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]",
    ),
  );
}
