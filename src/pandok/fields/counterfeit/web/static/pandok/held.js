// The bytes of a chosen file, read at once: a gallery or a cloud drive may change or take back the file that it named,
// and what cannot be read any more must not be promised to anybody.
export async function held(file) {
  try {
    const bytes = await file.arrayBuffer();
    if (bytes.byteLength) return new File([bytes], file.name, { type: file.type, lastModified: file.lastModified });
  } catch {
    // NotReadableError or NotFoundError: the file is no longer what was chosen.
  }
  return null;
}

// Whether something that was kept can still be read.
export async function readable(blob) {
  try {
    return (await blob.slice(0, 1).arrayBuffer()).byteLength === 1;
  } catch {
    return false;
  }
}
