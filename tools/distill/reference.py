"""What the reference tokeniser reads, kept so that Go can be held against it without Python."""

import json
import re
import zlib
from array import array
from pathlib import Path

import teacher

SENTENCES = 10_000

# Blocks of 256 characters without any that is newer than the reference's tables.
BLOCKS = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x1E, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27,
          0x30, *range(0x4E, 0x9F), *range(0xAC, 0xD7), 0xE0, 0xF9, 0xFB, 0xFE, 0xFF, 0x1F3, 0x1F4, 0x1F5, 0x200, 0x2F8]


def write(data: Path, testdata: Path) -> None:
    tokenizer = teacher.tokenizer()

    def pieces(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids

    def digest(rows) -> str:
        return "%08x" % zlib.crc32(b"".join(array("i", [*pieces(r), -1]).tobytes() for r in rows))

    drawn = [s.decode("utf-8", errors="replace") for s in draw(data)]
    hundreds = [digest(drawn[i : i + 100]) for i in range(0, len(drawn), 100)]
    (testdata / "sentences.txt").write_text("\n".join(hundreds) + "\n")

    blocks = (f"{b:x} " + digest("a" + chr(b * 256 + c) + "b" for c in range(256)) for b in BLOCKS)
    (testdata / "blocks.txt").write_text("\n".join(blocks) + "\n")

    odd = testdata / "odd.json"  # written by hand but for the pieces
    cases = json.loads(odd.read_text(encoding="utf-8"))
    lines = (json.dumps(c | {"pieces": pieces(c["text"])}) for c in cases)
    odd.write_text("[\n" + ",\n".join(lines) + "\n]\n")


def draw(data: Path) -> list[bytes]:
    """The 10,000 sentences of least CRC-32, each text once."""
    found = set()
    for pattern in ("interviews/transcripts/*.md", "podcast/founderstalk/*.md", "surveys/*/*.csv"):
        for file in data.glob(pattern):
            for line in file.read_bytes().split(b"\n"):
                found.update(s.strip(b" \t\r") for s in re.split(rb"(?<=[.?!]) ", line))
    found.discard(b"")
    return sorted(found, key=lambda s: (zlib.crc32(s), s))[:SENTENCES]
