// A photograph travels as it was taken: the reader reads the file itself. It is made smaller only where it would not
// arrive: above the server's limit, or over a network that is slow, or where the person asked to save data. The server
// is told, and the reading says so.
const LONGEST_SIDE_PX = 1600;
const JPEG_QUALITY = 0.9;
const SMALL_ENOUGH_BYTES = 1_200_000;
const SLOW = ["slow-2g", "2g", "3g"];

export function slowNetwork() {
  const network = navigator.connection;
  return Boolean(network && (network.saveData || SLOW.includes(network.effectiveType)));
}

function canvasOf(width, height) {
  if ("OffscreenCanvas" in globalThis) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function asJpeg(canvas) {
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality: JPEG_QUALITY });
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
}

// The file itself where it is small, or cannot be decoded here (HEIC): the server can, or says why not.
export async function smaller(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH_BYTES) return file;
  const canvas = canvasOf(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await asJpeg(canvas);
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], (file.name ?? "photograph").replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}
