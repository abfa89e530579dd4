// Every key of the viewer, once: what it does, on which place of the keyboard it lies (so that a Korean input method does
// not matter), and its words. Digits 2 to 9, Enter and Space are left to the page around the viewer, but for Enter while
// a suspicion or a length is being set.
export const GROUPS = {
  look: { ko: "보기", en: "Looking" },
  image: { ko: "영상 기능", en: "Image functions" },
  mark: { ko: "의심 부위와 길이", en: "Suspicions and lengths" },
  page: { ko: "그 밖에", en: "Other" },
};

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

// either: with or without Shift. inside: only while the image has the focus, as the page needs these keys elsewhere.
export const KEYS = [
  { does: "in", codes: ["Equal", "NumpadAdd"], either: true, keys: "+", group: "look", ko: "확대", en: "Zoom in" },
  { does: "out", codes: ["Minus", "NumpadSubtract"], either: true, keys: "−", group: "look", ko: "축소", en: "Zoom out" },
  { does: "whole", codes: ["Digit0", "Numpad0", "KeyF"], keys: "0 · F", group: "look", ko: "전체 보기", en: "Whole image" },
  { does: "actual", codes: ["Digit1", "Numpad1"], keys: "1", group: "look", ko: "실제 화소 (1:1)", en: "Actual pixels (1:1)" },
  { does: "arrow", codes: ARROWS, inside: true, keys: "← → ↑ ↓", group: "look", ko: "옮겨 보기", en: "Move" },
  { does: "view", codes: ["KeyV"], keys: "V", group: "look", ko: "다음 보기 (한 방향씩, 모두)", en: "Next view (each direction, all)" },
  { does: "link", codes: ["KeyK"], keys: "K", group: "look", ko: "여러 영상을 함께 움직이기", en: "Move images together" },
  { does: "past", codes: ["KeyP"], keys: "P", group: "look", ko: "지난 영상과 나란히 보기 (다음 영상)", en: "Past image beside (the next one)" },
  { does: "no_past", codes: ["KeyP"], shift: true, keys: "Shift + P", group: "look", ko: "지난 영상 닫기", en: "Close the past image" },

  { does: "plain", codes: ["KeyR"], keys: "R", group: "image", ko: "기본 영상으로", en: "Back to the standard image" },
  { does: "base", codes: ["KeyG"], keys: "G", group: "image", ko: "색상 → 흑백(고에너지) → 흑백(저에너지)", en: "Colour → grey, high energy → grey, low energy" },
  { does: "inverse", codes: ["KeyI"], keys: "I", group: "image", ko: "명암 반전", en: "Invert" },
  { does: "organic", codes: ["KeyO"], keys: "O", group: "image", ko: "유기물 빼고 보기", en: "Take organic goods out" },
  { does: "inorganic", codes: ["KeyM"], keys: "M", group: "image", ko: "무기물·금속 빼고 보기", en: "Take inorganic goods and metal out" },
  { does: "contrast", codes: ["KeyL"], keys: "L", group: "image", ko: "부분 대비", en: "Local contrast" },
  { does: "fit", codes: ["KeyW"], keys: "W", group: "image", ko: "보이는 부분에 명암 맞추기", en: "Brightness range of what is visible" },
  { does: "edge", codes: ["KeyE"], keys: "E", group: "image", ko: "윤곽 강조", en: "Edges" },

  { does: "mark", codes: ["KeyS"], keys: "S", group: "mark", ko: "의심 부위 표시 시작", en: "Begin to mark a suspicion" },
  { does: "grow", codes: ARROWS, shift: true, inside: true, keys: "Shift + ← → ↑ ↓", group: "mark", ko: "표시 크기 바꾸기, 길이의 다른 끝 옮기기", en: "Size of the mark, other end of the length" },
  { does: "enter", codes: ["Enter", "NumpadEnter"], inside: true, keys: "Enter", group: "mark", ko: "표시 확정", en: "Set it" },
  { does: "next_mark", codes: ["BracketRight"], keys: "]", group: "mark", ko: "다음 의심 부위", en: "Next suspicion" },
  { does: "last_mark", codes: ["BracketLeft"], keys: "[", group: "mark", ko: "이전 의심 부위", en: "Suspicion before" },
  { does: "delete", codes: ["Delete"], keys: "Delete", group: "mark", ko: "고른 의심 부위 지우기", en: "Delete the chosen suspicion" },
  { does: "ruler", codes: ["KeyD"], keys: "D", group: "mark", ko: "길이 재기", en: "Measure a length" },
  { does: "candidate", codes: ["KeyN"], keys: "N", group: "mark", ko: "다음 판독 보조 후보", en: "Next candidate of the reading help" },
  { does: "candidates", codes: ["KeyB"], keys: "B", group: "mark", ko: "판독 보조 표시 켜기·끄기", en: "Boxes of the reading help on or off" },

  { does: "escape", codes: ["Escape"], keys: "Esc", group: "page", ko: "하던 표시·측정 그만두기", en: "Leave marking or measuring" },
  { does: "keys", codes: ["Slash"], shift: true, keys: "?", group: "page", ko: "이 단축키 목록", en: "This list of keys" },
];

const NAMES = { "+": "Equal", "=": "Equal", "-": "Minus", 0: "Digit0", 1: "Digit1", "[": "BracketLeft", "]": "BracketRight", "?": "Slash" };

// Remote desktops send keys without their place.
const placeOf = (event) => event.code || NAMES[event.key] || (/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.key);

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
  return Boolean(target?.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]"));
}
