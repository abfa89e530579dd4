// Places on the graphics card outlive the scan that they showed: making one anew, with its programs, costs more than
// showing a scan. Cards have few of them.
import { GlPainter } from "./gl.js";

const MOST = 2;
const spare = [];

const usual = (options) => !options.flat && options.most === undefined;

// One that showed another scan before, or null.
export function lent(options) {
  while (usual(options) && spare.length) {
    const found = spare.pop();
    if (!found.gl.isContextLost()) return found;
  }
  return null;
}

export function giveBack(painter, options) {
  if (painter instanceof GlPainter && usual(options) && spare.length < MOST && !painter.gl.isContextLost()) {
    painter.drop();
    painter.scan = null;
    painter.canvas.remove();
    spare.push(painter);
  } else painter.end?.();
}
