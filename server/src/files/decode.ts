/** Bytes to text and back, so that a fixed file keeps the encoding that it had. */

export type Encoding = "utf8" | "utf8bom" | "utf16le" | "utf16be" | "latin1";

export interface Decoded {
  /** Without byte order mark: offsets count as they do in an editor. */
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Decodes by byte order mark, else as UTF-8, else as Latin-1, which loses nothing on the way back.
 * `undefined` for binary content (a NUL outside UTF-16).
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) {
    return { text: buffer.subarray(2).toString("utf16le"), encoding: "utf16le" };
  }
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    return { text: swapped(buffer.subarray(2)).toString("utf16le"), encoding: "utf16be" };
  }
  if (buffer.includes(0)) return undefined;
  const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      marked ? buffer.subarray(3) : buffer,
    );
    return { text, encoding: marked ? "utf8bom" : "utf8" };
  } catch {
    return { text: buffer.toString("latin1"), encoding: "latin1" };
  }
}

/** The inverse of `decode`. */
export function encode({ text, encoding }: Decoded): Buffer {
  switch (encoding) {
    case "utf8":
      return Buffer.from(text, "utf8");
    case "utf8bom":
      return Buffer.from(`\ufeff${text}`, "utf8");
    case "utf16le":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "utf16be":
      return swapped(Buffer.from(`\ufeff${text}`, "utf16le"));
    case "latin1":
      return Buffer.from(text, "latin1");
  }
}

function swapped(buffer: Buffer): Buffer {
  const even = Buffer.from(buffer.subarray(0, buffer.length - (buffer.length % 2)));
  return even.swap16();
}
