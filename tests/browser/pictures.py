"""Small pictures: a screenshot in no more than 256 colours, about a third of the size."""

import base64
import struct
import zlib
from typing import Final

import numpy as np
from playwright.async_api import Page

STEP: Final = 4
"""Colours that differ by less than this in each part are taken as one."""
MOST: Final = 256
PIXELS: Final = """async (png) => {
  const blob = await (await fetch("data:image/png;base64," + png)).blob();
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const bytes = canvas.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return [image.width, image.height, btoa(text)];
}"""


async def small(blank: Page, png: bytes) -> bytes:
    """Return a picture in fewer colours; the browser reads it, on a page that may."""
    width, height, told = await blank.evaluate(PIXELS, base64.b64encode(png).decode())
    seen = np.frombuffer(base64.b64decode(told), dtype=np.uint8).reshape(height * width, 4)[:, :3]
    rough = (np.minimum(seen.astype(np.uint32) + STEP // 2, 255) // STEP) @ np.array(
        [65536, 256, 1], np.uint32
    )
    _, first, of, often = np.unique(rough, return_index=True, return_inverse=True, return_counts=True)
    kept = np.argsort(-often, kind="stable")[:MOST]
    colours = seen[first[kept]]
    apart = np.abs(seen[first].astype(int)[:, None, :] - colours.astype(int)[None, :, :]).sum(axis=2)
    nearest = np.argmin(apart, axis=1).astype(np.uint8)
    rows = nearest[of.reshape(-1)].reshape(height, width)
    lines = np.insert(rows, 0, 0, axis=1).tobytes()
    about = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", about),
        (b"PLTE", colours.tobytes()),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
