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
TAUGHT = 104 * 4096  # sentences learned from, a tenth of them kept for choosing
DIM, HIDDEN = 256, 512
EPOCHS = 7
LENGTH = 400  # of a vector in bytes, as internal/embed has it


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
    train, dev = taught.part(~choosing), taught.part(choosing).head(6000)
    turn, table = fit.start(train, alone, seen, meant, DIM)
    model = fit.fit(train, table, turn, HIDDEN, EPOCHS, lambda m: report("choosing", dev, dev.read_by(m)))
    shipped = small(spread(model), train)
    (ROOT / "internal/embed/table.bin").write_bytes(shipped.file())
    report("teacher cut to the dimension, no table", measured, measured.vectors @ turn)
    report("measured, as fitted", measured, measured.read_by(model))
    report("measured, as shipped", measured, measured.read_by(shipped))


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


def spread(model: fit.Meaning) -> fit.Meaning:
    """A turn that changes no cosine and leaves no number much larger than the others, so that bytes suffice."""
    turn, _ = np.linalg.qr(np.random.default_rng(2).standard_normal((DIM, DIM)))
    turn = torch.from_numpy(turn.astype(np.float32))
    with torch.no_grad():
        model.table.weight.copy_(model.table.weight @ turn)
        model.up.weight[:, :DIM].copy_(model.up.weight[:, :DIM] @ turn)
        model.down.weight.copy_(turn.T @ model.down.weight)
        model.down.bias.copy_(model.down.bias @ turn)
    return model


class Small:
    """The model in bytes, reckoning as internal/embed does."""

    def __init__(self, weights, rows, up, down):
        self.weights, self.rows = weights, rows  # the table: row n counts weights[n] times
        self.up, self.up_scale, self.up_bias, self.up_length = up
        self.down, self.down_scale, self.down_bias = down
        self.table = torch.from_numpy(weights[:, None].astype(np.float32) * rows)

    def hidden(self, ids, offsets):
        x = torch.nn.functional.embedding_bag(ids, self.table, offsets, mode="sum")
        length = x.norm(dim=1, keepdim=True).clamp(min=1)
        x = x / length * LENGTH
        first = torch.round(x).clamp(-127, 127) @ torch.from_numpy(self.up.astype(np.float32)).T
        first = first * torch.from_numpy(self.up_scale) + length * torch.from_numpy(self.up_length)
        return x, (first + torch.from_numpy(self.up_bias)).clamp(min=0)

    def __call__(self, ids, offsets):
        x, hidden = self.hidden(ids, offsets)
        second = torch.round(hidden).clamp(max=127) @ torch.from_numpy(self.down.astype(np.float32)).T
        x = x + second * torch.from_numpy(self.down_scale) + torch.from_numpy(self.down_bias)
        return torch.round(torch.nn.functional.normalize(x) * LENGTH).clamp(-127, 127)

    def file(self) -> bytes:
        """As internal/embed/table.go reads it; the second layer in blocks of DIM columns, its rows so long as a vector."""
        blocks = np.ascontiguousarray(self.down.reshape(DIM, HIDDEN // DIM, DIM).transpose(1, 0, 2))
        parts = self.weights, self.rows, self.up, self.up_scale, self.up_bias, self.up_length, blocks, self.down_scale, self.down_bias
        return b"embed\x002\n" + b"".join(p.tobytes() for p in parts)


def small(model: fit.Meaning, bags: fit.Bags) -> Small:
    """Rows as bytes, each with a scale of its own. A hidden number is scaled so that bytes hold all but one in a thousand of its values."""
    table = model.table.weight.detach()
    largest = table.abs().amax(1)
    ceiling = torch.quantile(largest, 0.999)
    weights = torch.round(largest / ceiling * 1023).clamp(1, 1023).numpy().astype("<u2")
    rows, _ = as_bytes(table)
    up, down = model.up.weight.detach() * fit.LOUDER, model.down.weight.detach()
    up_bytes, up_scale = as_bytes(up[:, :DIM])
    told = up_scale / LENGTH, model.up.bias.detach().numpy(), up[:, DIM].numpy() * (ceiling / 1023 / 127).item()
    plain = Small(weights, rows, (up_bytes, *told), (down, 0, 0))
    values = torch.cat([plain.hidden(*bags.batch(np.arange(at, at + 2000)))[1] for at in range(0, 40_000, 2000)])
    unit = (torch.quantile(values, 0.999, dim=0).clamp(min=1e-3) / 127).numpy()
    down_bytes, down_scale = as_bytes(down * torch.from_numpy(unit))
    return Small(weights, rows, (up_bytes, *((part / unit).astype("<f4") for part in told)),
                 (down_bytes, (down_scale * LENGTH).astype("<f4"), (model.down.bias.detach().numpy() * LENGTH).astype("<f4")))


def as_bytes(rows: torch.Tensor):
    scale = rows.abs().amax(1).clamp(min=1e-9) / 127
    return torch.round(rows / scale[:, None]).clamp(-127, 127).numpy().astype(np.int8), scale.numpy()


def report(what: str, bags: fit.Bags, vectors) -> None:
    blind, near, least = fit.agreement(vectors, bags.vectors)
    print(f"{what}: Spearman {blind:.4f} blind, {near:.4f} on the 5,000 nearest pairs (from {least:.2f}) of {len(bags):,}; "
          f"nearest found among ten {fit.found_again(vectors, bags.vectors):.3f}", flush=True)


if __name__ == "__main__":
    main()
