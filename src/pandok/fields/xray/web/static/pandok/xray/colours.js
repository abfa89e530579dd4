// The stops of readers/xray/colour/standard_colours.json, word for word; a test holds the two together.
export const STANDARD = {
  stops: [
    { f: -1.0, rgb: [208, 88, 20] },
    { f: 0.0, rgb: [232, 118, 22] },
    { f: 0.2, rgb: [240, 148, 30] },
    { f: 0.25, rgb: [222, 166, 34] },
    { f: 0.32, rgb: [150, 178, 44] },
    { f: 0.45, rgb: [74, 172, 58] },
    { f: 0.8, rgb: [24, 158, 84] },
    { f: 1.3, rgb: [14, 146, 150] },
    { f: 2.0, rgb: [28, 106, 212] },
    { f: 4.0, rgb: [36, 70, 206] },
    { f: 7.0, rgb: [54, 42, 168] },
  ],
  cannot_tell: [127.5, 127.5, 127.5],
  organic_below: 0.25,
  inorganic_above: 0.8,
};
