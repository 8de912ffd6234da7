"""Real sentences from the public data that may feed shipped weights.

Each sentence bears the id of its document, so that a document is either
learned from or measured on, never both: where the CRC-32 of the id leaves no
rest when divided by ten, the document is held out.
"""

import csv
import json
import re
import tarfile
import zlib
from pathlib import Path
from typing import Iterator, NamedTuple

PODCAST_SENTENCES = 450_000  # of some 1.3 million; the other sources are taken whole


class Sentence(NamedTuple):
    document: str
    text: str

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.document.encode()) % 10 == 0


def read(data: Path) -> list[Sentence]:
    """All sentences to learn from and to measure on, in an order drawn by hash."""
    others = [*interviews(data), *surveys(data), *invented(data), *casino(data), *uptake(data)]
    podcast = in_drawn_order(podcasts(data))[:PODCAST_SENTENCES]
    held_out, rest = [], []
    for s in in_drawn_order([*others, *podcast]):
        (held_out if s.held_out else rest).append(s)
    known = {key(s.text) for s in held_out}
    return held_out + [s for s in rest if key(s.text) not in known]


def in_drawn_order(sentences) -> list[Sentence]:
    """Each text once, in the order of its CRC-32: a draw that needs no seed."""
    first = {}
    for s in sentences:
        first.setdefault(key(s.text), s)
    return sorted(first.values(), key=lambda s: (zlib.crc32(s.text.encode()), s.text))


def key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def cut(document: str, text: str) -> Iterator[Sentence]:
    for line in text.splitlines():
        for piece in re.split(r"(?<=[.?!])\s+", line):
            piece = re.sub(r"\s+", " ", piece).strip(" *_>#-")
            if 2 <= len(piece.split()) <= 80 and re.search("[A-Za-z]", piece):
                yield Sentence(document, piece)


def interviews(data: Path) -> Iterator[Sentence]:
    for file in sorted((data / "interviews/transcripts").glob("*.md")):
        body = file.read_text(encoding="utf-8").split("---", 1)[-1]
        yield from cut("ai" + file.stem, re.sub(r"(?m)^(User|AI|Assistant): ", "", body))


def surveys(data: Path) -> Iterator[Sentence]:
    for file in ("2015-notebook-ux/answers.csv", "2020-jupyter/text_fields.csv"):
        with open(data / "surveys" / file, encoding="utf-8", errors="replace", newline="") as f:
            for n, row in enumerate(csv.reader(f)):
                for cell in row:
                    yield from cut(f"{file}:{n}", cell)


def invented(data: Path) -> Iterator[Sentence]:
    for file in sorted((data / "labels/invented").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 4:
                yield from cut(fields[0].split(".")[0], fields[-1])


def casino(data: Path) -> Iterator[Sentence]:
    for part in ("train", "valid", "test"):
        for talk in json.loads((data / f"acts/casino/{part}.json").read_text(encoding="utf-8")):
            for turn in talk["chat_logs"]:
                yield from cut(f"casino{talk['dialogue_id']}", turn["text"])


def uptake(data: Path) -> Iterator[Sentence]:
    with open(data / "acts/uptake/uptake_data.csv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            for side in ("student_text", "teacher_text"):
                yield from cut("uptake" + row["obs_id"], row[side])


def podcasts(data: Path) -> Iterator[Sentence]:
    with tarfile.open(data / "podcast/changelog-all.tar.xz") as archive:
        for member in archive:
            if member.name.endswith(".md") and not member.name.endswith("README.md"):
                text = archive.extractfile(member).read().decode("utf-8", errors="replace")
                text = re.sub(r"\\\[[^\]]*\\\]", " ", text)  # \[01:44\], \[laughter\]
                yield from cut(Path(member.name).stem, re.sub(r"(?m)^\*\*[^*]*:\*\* ?", "", text))
