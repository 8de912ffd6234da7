"""Makes internal/embed/table.bin, and the reference pieces that its tests read.

    python tools/distill/distill.py [--data ../shared/data]

See README.md. What the teacher said is kept in build/distill, so that a run that
was stopped goes on where it was.
"""

import argparse
import zlib
from pathlib import Path

import numpy as np
import torch

import corpus
import fit
import reference
import teacher

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build/distill"
MEASURED = 10_000  # held-out sentences that the figures are of
TAUGHT = 34 * 4096  # sentences learned from, a tenth of them kept for choosing
DIM = 256
ROUNDS = ((4, 5e-3), (6, 6e-3))  # epochs and the rate at their start, which falls to nothing


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    data = options.parse_args().data
    torch.set_num_threads(1)
    torch.manual_seed(0)
    reference.write(data, ROOT / "internal/embed/testdata")

    sentences = corpus.read(data)
    held_out = [s for s in sentences if s.held_out][:MEASURED]
    rest = [s for s in sentences if not s.held_out][:TAUGHT]
    measured, taught, alone, seen, meant = teach(held_out, rest)

    choosing = np.array([zlib.crc32(s.document.encode()) % 10 == 1 for s in rest])
    train, dev = taught.part(~choosing), taught.part(choosing)
    turn, table = fit.start(train, alone, seen, meant, DIM)
    for epochs, rate in ROUNDS:
        table = fit.fit(train, table, turn, epochs, lambda t: report("choosing", dev.head(4000), t), rate)
    weights, rows = small(spread(table))
    write(weights, rows)
    shipped = torch.from_numpy(weights[:, None].astype(np.float32) * rows)
    report("teacher cut to the dimension, no table", measured, None, measured.vectors @ turn)
    report("measured, as fitted", measured, table)
    report("measured, as shipped", measured, shipped)


def teach(held_out, rest):
    """What the teacher says of the sentences and of each piece alone, from the cache where it is there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    tokenizer, said = teacher.tokenizer(), None

    def pieces(sentences):
        return [p.ids[: teacher.LONGEST - 2] for p in tokenizer.encode_batch([s.text for s in sentences], add_special_tokens=False)]

    def vectors(name, ids, note=False):
        nonlocal said
        file = CACHE / f"{name}.npy"
        if not file.exists():
            if said is None:
                said = teacher.Teacher(CACHE / "context.npz")
            np.save(file, said.vectors(ids, note).astype(np.float16))
            said.save(CACHE / "context.npz")
            print(name, len(ids), flush=True)
        return np.load(file)

    measured = fit.Bags(ids := pieces(held_out), vectors("held", ids))
    alone = vectors("vocab", [[i] for i in range(teacher.PIECES)])
    ids, parts = pieces(rest), []
    for at in range(0, len(rest), 4096):
        parts.append(vectors(f"rest{at // 4096:03}", ids[at : at + 4096], note=True))
    context = np.load(CACHE / "context.npz")
    return measured, fit.Bags(ids, np.concatenate(parts)), alone, context["seen"], context["meant"]


def spread(table: torch.Tensor) -> torch.Tensor:
    """A turn that changes no cosine and leaves no number much larger than the others, so that bytes suffice."""
    turn, _ = np.linalg.qr(np.random.default_rng(2).standard_normal((DIM, DIM)))
    return table @ torch.from_numpy(turn.astype(np.float32))


def small(table: torch.Tensor):
    """Each row as bytes and a weight below 1,024, the largest weight in use as large as can be."""
    largest = table.abs().amax(1)
    ceiling = torch.quantile(largest, 0.999)
    rows = torch.round(table / largest.clamp(min=1e-9)[:, None] * 127).clamp(-127, 127)
    weights = torch.round(largest / ceiling * 1023).clamp(1, 1023)
    return weights.numpy().astype("<u2"), rows.numpy().astype(np.int8)


def write(weights, rows) -> None:
    (ROOT / "internal/embed/table.bin").write_bytes(b"embed\x001\n" + weights.tobytes() + rows.tobytes())


def report(what: str, bags: fit.Bags, table, vectors=None) -> None:
    blind, near, least = fit.agreement(bags.sums(table) if vectors is None else vectors, bags.vectors)
    print(f"{what}: Spearman {blind:.4f} blind, {near:.4f} on the 5,000 nearest pairs (from {least:.2f}) of {len(bags):,}", flush=True)


if __name__ == "__main__":
    main()
