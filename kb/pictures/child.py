"""The child process: `python -m kb.pictures.child FORMAT PATH PAGE WIDTH` writes a page to stdout.

First the size of the page (two little-endian float32: points), then a PNG. Memory and time are bounded
where the system can; exit code 1 for a file or page that cannot be drawn.
"""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING, Any

import PIL.Image
import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = struct.Struct("<ff")
MOST_PIXELS = 60_000_000  # of a page or picture: a scanned A0 sheet
MEMORY, SECONDS = 2 * 1024**3, 20
_SCAN = 200  # pixels an inch, of a picture that does not say


def main(format_: str, path: str, number: int, width: int) -> None:
    """Draw page `number` (from 1), `width` pixels wide."""
    _limit()
    PIL.Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    size, picture = (_of_pdf if format_ == "pdf" else _of_image)(path, number, width)
    sys.stdout.buffer.write(SIZE.pack(*size))
    picture.save(sys.stdout.buffer, "PNG")


def _of_pdf(path: str, number: int, width: int) -> tuple[tuple[float, float], Image]:
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    size = page.get_size()
    scale = width / size[0]
    if size[0] * size[1] * scale * scale > MOST_PIXELS:
        scale = (MOST_PIXELS / (size[0] * size[1])) ** 0.5
    bitmap: Any = page.render(scale=scale)
    return size, bitmap.to_pil()


def _of_image(path: str, number: int, width: int) -> tuple[tuple[float, float], Image]:
    with PIL.Image.open(path) as opened:
        opened.seek(number - 1)
        dots = opened.info.get("dpi", (_SCAN, _SCAN))
        across, down = (float(each) if each and each > 1 else _SCAN for each in dots)
        size = (opened.width * 72 / across, opened.height * 72 / down)
        opened.draft("RGB", (width, width * 2))
        picture = opened.convert("RGB")
    picture.thumbnail((width, 4 * width))
    return size, picture


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    except Exception as error:
        print(type(error).__name__, file=sys.stderr)
        sys.exit(1)
