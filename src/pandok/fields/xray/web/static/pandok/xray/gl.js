// Draws on the graphics card. First step: exact 16-bit planes in integer textures become one coloured texture of the
// whole image, once for each choice of functions; second step: that texture at the place and size that is looked at. A
// texture that would be larger than the card allows is cut into tiles with a rim, so that neighbours are known there.
import { BINS, EDGE_STRENGTH, HATCH, INORGANIC_ABOVE, ORGANIC_BELOW, STRIPPED, hues } from "./reference.js";
import { TRANSMISSION_OF_ONE } from "./planes.js";

const RIM = 8;
const SMALLER_BELOW = 0.5; // above it the four pixels around leave none out, and thin wires stay sharp
const WHOLE_PIXELS_FROM = 3; // so much enlarged, measured pixels are shown as they are
const GROUND = [0.925, 0.933, 0.945];

const COVER = `#version 300 es
uniform vec4 area; // left, top, right, bottom in clip space
uniform vec4 part; // the same in shares of the texture
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  at = mix(part.xy, part.zw, corner);
  gl_Position = vec4(mix(area.xy, area.zw, corner), 0.0, 1.0);
}`;

// Edges and local contrast look at more than one value a pixel: programs without them are ready and done sooner.
const shadeWith = (edge, contrast) => `#version 300 es
#define EDGE ${Number(edge)}
#define CONTRAST ${Number(contrast)}
precision highp float; precision highp int; precision highp sampler2D; precision highp usampler2D;
uniform usampler2D energies; // red: low, green: high
uniform usampler2D materials;
uniform sampler2D hues;
uniform sampler2D maps;
uniform ivec2 whole; // columns, rows of the image
uniform ivec2 corner; // of the image, where this texture begins
uniform ivec2 grid; // tiles of local contrast
uniform bool low; uniform bool coloured; uniform bool known; uniform bool inverse;
uniform int strip; // 1 organic, 2 inorganic
uniform vec2 window; // from, width
uniform uint limit;
out vec4 colour;
float level(ivec2 p) {
  ivec2 at = clamp(p, ivec2(0), whole - 1) - corner;
  uvec2 value = texelFetch(energies, clamp(at, ivec2(0), textureSize(energies, 0) - 1), 0).rg;
  return min(1.0, sqrt(float(low ? value.r : value.g) * ${TRANSMISSION_OF_ONE}));
}
#if CONTRAST
float curve(int x, int y, int bin, float share) {
  int tile = clamp(y, 0, grid.y - 1) * grid.x + clamp(x, 0, grid.x - 1);
  float one = texelFetch(maps, ivec2(bin, tile), 0).r, next = texelFetch(maps, ivec2(bin + 1, tile), 0).r;
  return mix(one, next, share);
}
float contrasted(float value, ivec2 p) {
  vec2 at = (vec2(p) + 0.5) / vec2(whole) * vec2(grid) - 0.5;
  ivec2 first = ivec2(floor(at));
  vec2 share = at - vec2(first);
  int bin = min(${BINS - 2}, int(value * ${BINS - 1}.0));
  float rest = value * ${BINS - 1}.0 - float(bin);
  return mix(
    mix(curve(first.x, first.y, bin, rest), curve(first.x + 1, first.y, bin, rest), share.x),
    mix(curve(first.x, first.y + 1, bin, rest), curve(first.x + 1, first.y + 1, bin, rest), share.x), share.y);
}
#endif
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy), p = here + corner;
  float value = level(p);
#if EDGE
  float sum = 0.0;
  for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) sum += level(p + ivec2(x, y));
  value = clamp(value + ${EDGE_STRENGTH.toFixed(1)} * (value - sum / 9.0), 0.0, 1.0);
#endif
#if CONTRAST
  value = contrasted(value, p);
#endif
  value = clamp((value - window.x) / window.y, 0.0, 1.0);
  if (inverse) value = 1.0 - value;
  uint material = known ? texelFetch(materials, here, 0).r : 0u;
  bool organic = material != 0u && material < ${ORGANIC_BELOW}u, inorganic = material > ${INORGANIC_ABOVE}u;
  bool gone = (strip == 1 && organic) || (strip == 2 && inorganic);
  if (gone) value = mix(inverse ? 0.0 : 1.0, value, ${STRIPPED.toFixed(4)});
  vec3 hue = gone || !coloured ? vec3(0.5) : texelFetch(hues, ivec2(int(material & 255u), int(material >> 8u)), 0).rgb;
  vec3 seen = value <= 0.5 ? hue * 2.0 * value : hue + (1.0 - hue) * (2.0 * value - 1.0);
  float told = texelFetch(energies, here, 0).g < limit ? 0.0 : 1.0;
  colour = vec4(seen, told);
}`;

const SHOW = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D;
uniform sampler2D image;
uniform int height; uniform int period;
in vec2 at;
out vec4 colour;
void main() {
  vec4 seen = texture(image, at);
  int line = (int(gl_FragCoord.x) + height - 1 - int(gl_FragCoord.y)) % period;
  float grey = line < period * ${HATCH.stripe} / ${HATCH.period} ? ${HATCH.light}.0 : ${HATCH.dark}.0;
  colour = vec4(mix(vec3(grey / 255.0), seen.rgb, seen.a), 1.0);
}`;

function program(gl, fragment) {
  const made = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, COVER],
    [gl.FRAGMENT_SHADER, fragment],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return made;
}

function places(gl, made) {
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) {
    const logs = gl.getAttachedShaders(made).map((one) => gl.getShaderInfoLog(one));
    throw new Error(`${gl.getProgramInfoLog(made)} ${logs.join(" ")}`);
  }
  const found = {};
  for (let i = gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS) - 1; i >= 0; i -= 1) {
    const { name } = gl.getActiveUniform(made, i);
    found[name] = gl.getUniformLocation(made, name);
  }
  return found;
}

// Where the tiles lie along one axis: [first, end) of what a tile shows, and of what its texture holds.
export function cuts(size, most) {
  if (size <= most) return [{ from: 0, to: size, first: 0, end: size }];
  const step = most - 2 * RIM;
  const found = [];
  for (let from = 0; from < size; from += step) {
    const to = Math.min(size, from + step);
    found.push({ from, to, first: Math.max(0, from - RIM), end: Math.min(size, to + RIM) });
  }
  return found;
}

export class GlPainter {
  // Throws where the browser has no WebGL2. most: largest edge of a texture, where it shall be smaller than the card's.
  constructor(canvas, most = Infinity) {
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error("no WebGL2");
    this.gl = gl;
    this.canvas = canvas;
    this.most = Math.min(most, gl.getParameter(gl.MAX_TEXTURE_SIZE));
    this.programs = new Map();
    this.tiles = [];
  }

  // What does not depend on an image, made when the first one comes.
  prepare() {
    const { gl } = this;
    if (this.show) return;
    this.show = this.compiled("show", SHOW);
    this.shader(false, false);
    this.frame = gl.createFramebuffer();
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    this.hues = this.texture(gl.RGBA32F, 256, 256, gl.RGBA, gl.FLOAT, hues());
    this.maps = this.texture(gl.R8, 1, 1, gl.RED, gl.UNSIGNED_BYTE, new Uint8Array(1));
  }

  compiled(name, text) {
    if (!this.programs.has(name)) this.programs.set(name, { program: program(this.gl, text), at: null });
    return this.programs.get(name);
  }

  shader(edge, contrast) {
    return this.compiled(`shade ${edge} ${contrast}`, shadeWith(edge, contrast));
  }

  // Draws one pixel, so that the card has made both programs ready while the planes are still on their way.
  warm() {
    if (this.show) return;
    const one = new Uint16Array(1);
    this.load({ rows: 1, columns: 1, low: one, high: one, material: one, limit: 0 });
    this.shade({ base: "colour", strip: "" });
    this.draw({ left: 0, top: 0, across: 1, down: 1 });
  }

  texture(format, width, height, order, type, data) {
    const { gl } = this;
    const made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    gl.texImage2D(gl.TEXTURE_2D, 0, format, width, height, 0, order, type, data);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    return made;
  }

  load(scan) {
    const { gl } = this;
    this.prepare();
    this.drop();
    this.scan = scan;
    for (const y of cuts(scan.rows, this.most)) {
      for (const x of cuts(scan.columns, this.most)) {
        const [width, height] = [x.end - x.first, y.end - y.first];
        const tile = { x, y, width, height };
        tile.energies = this.texture(gl.RG16UI, width, height, gl.RG_INTEGER, gl.UNSIGNED_SHORT, both(scan, x, y));
        tile.materials = scan.material
          ? this.texture(gl.R16UI, width, height, gl.RED_INTEGER, gl.UNSIGNED_SHORT, piece(scan.material, scan, x, y))
          : this.texture(gl.R16UI, 1, 1, gl.RED_INTEGER, gl.UNSIGNED_SHORT, new Uint16Array(1));
        tile.coloured = this.texture(gl.RGBA8, width, height, gl.RGBA, gl.UNSIGNED_BYTE, null);
        this.tiles.push(tile);
      }
    }
  }

  shade(chosen) {
    const { gl, scan } = this;
    const shader = this.shader(Boolean(chosen.edge), Boolean(chosen.maps));
    const at = (shader.at ??= places(gl, shader.program));
    if (chosen.maps) {
      const { across, down, bytes } = chosen.maps;
      gl.deleteTexture(this.maps);
      this.maps = this.texture(gl.R8, BINS, across * down, gl.RED, gl.UNSIGNED_BYTE, bytes);
    }
    const [from, to] = chosen.window || [0, 1];
    gl.useProgram(shader.program);
    ["energies", "materials", "hues", "maps"].forEach((name, unit) => gl.uniform1i(at[name], unit));
    gl.uniform2i(at.whole, scan.columns, scan.rows);
    gl.uniform2i(at.grid, chosen.maps?.across ?? 0, chosen.maps?.down ?? 0);
    gl.uniform1i(at.low, chosen.base === "low" && scan.low ? 1 : 0);
    gl.uniform1i(at.coloured, chosen.base === "colour" && scan.material ? 1 : 0);
    gl.uniform1i(at.known, scan.material ? 1 : 0);
    gl.uniform1i(at.inverse, chosen.inverse ? 1 : 0);
    gl.uniform1i(at.strip, ["", "organic", "inorganic"].indexOf(chosen.strip));
    gl.uniform2f(at.window, from, to - from);
    gl.uniform1ui(at.limit, scan.limit);
    gl.uniform4f(at.area, -1, -1, 1, 1);
    gl.uniform4f(at.part, 0, 0, 1, 1);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    for (const tile of this.tiles) {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, tile.coloured, 0);
      gl.viewport(0, 0, tile.width, tile.height);
      gl.uniform2i(at.corner, tile.x.first, tile.y.first);
      [tile.energies, tile.materials, this.hues, this.maps].forEach((one, unit) => {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, one);
      });
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      tile.smaller = false;
    }
    gl.activeTexture(gl.TEXTURE0);
  }

  // left, top, across, down: in pixels of the canvas, where the image begins and how large one of its pixels is.
  draw({ left, top, across, down, period }) {
    const { gl, canvas } = this;
    const at = (this.show.at ??= places(gl, this.show.program));
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(...GROUND, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.useProgram(this.show.program);
    gl.uniform1i(at.image, 0);
    gl.uniform1i(at.height, canvas.height);
    gl.uniform1i(at.period, period || HATCH.period);
    const small = Math.min(across, down) < SMALLER_BELOW;
    const enlarge =
      Math.min(across, down) >= WHOLE_PIXELS_FROM || (across === 1 && down === 1) ? gl.NEAREST : gl.LINEAR;
    for (const tile of this.tiles) {
      const { x, y, width, height, coloured } = tile;
      const clip = (value, size) => (2 * value) / size - 1;
      const [x1, x2] = [x.from, x.to].map((one) => clip(left + one * across, canvas.width));
      const [y1, y2] = [y.from, y.to].map((one) => -clip(top + one * down, canvas.height));
      if (x2 < -1 || x1 > 1 || y1 < -1 || y2 > 1) continue;
      gl.bindTexture(gl.TEXTURE_2D, coloured);
      if (small && !tile.smaller) gl.generateMipmap(gl.TEXTURE_2D);
      tile.smaller ||= small;
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, small ? gl.LINEAR_MIPMAP_LINEAR : enlarge);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, enlarge);
      gl.uniform4f(at.area, x1, y1, x2, y2);
      gl.uniform4f(
        at.part,
        (x.from - x.first) / width,
        (y.from - y.first) / height,
        (x.to - x.first) / width,
        (y.to - y.first) / height,
      );
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
  }

  // Colours of the whole image as shaded() gives them; for tests.
  colours() {
    const { gl, scan } = this;
    const all = new Uint8Array(4 * scan.rows * scan.columns);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    for (const { x, y, width, height, coloured } of this.tiles) {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, coloured, 0);
      const own = new Uint8Array(4 * width * height);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, own);
      for (let row = y.from; row < y.to; row += 1) {
        const at = 4 * ((row - y.first) * width + x.from - x.first);
        all.set(own.subarray(at, at + 4 * (x.to - x.from)), 4 * (row * scan.columns + x.from));
      }
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    return all;
  }

  // What was just drawn, in the same turn: red, green, blue, alpha from the top left; for tests.
  screen() {
    const { gl, canvas } = this;
    const { width, height } = canvas;
    const [own, all] = [new Uint8Array(4 * width * height), new Uint8Array(4 * width * height)];
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, own);
    for (let row = 0; row < height; row += 1) {
      all.set(own.subarray(4 * row * width, 4 * (row + 1) * width), 4 * (height - 1 - row) * width);
    }
    return all;
  }

  drop() {
    for (const { energies, materials, coloured } of this.tiles) {
      for (const one of [energies, materials, coloured]) this.gl.deleteTexture(one);
    }
    this.tiles = [];
  }

  end() {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function piece(plane, scan, x, y) {
  if (x.end - x.first === scan.columns) return plane.subarray(y.first * scan.columns, y.end * scan.columns);
  const width = x.end - x.first;
  const found = new Uint16Array(width * (y.end - y.first));
  for (let row = y.first; row < y.end; row += 1) {
    found.set(plane.subarray(row * scan.columns + x.first, row * scan.columns + x.end), (row - y.first) * width);
  }
  return found;
}

function both(scan, x, y) {
  const [low, high] = [piece(scan.low || scan.high, scan, x, y), piece(scan.high, scan, x, y)];
  const found = new Uint16Array(2 * high.length);
  for (let i = 0; i < high.length; i += 1) {
    found[2 * i] = low[i];
    found[2 * i + 1] = high[i];
  }
  return found;
}
