"""The table and the layer behind it: a vector for each word piece, and a small
network that makes of their sum the teacher's vector of the sentence.

What the teacher took each piece for, averaged over the sentences it stood in,
is the start. From there both are fitted to real sentences by two wants at once: each vector
should point as the teacher's, turned and cut to the table's dimension;
and any two should have the cosine that the teacher gives them. The second
weighs near pairs more, and half the batches are made of neighbours, since among
sentences drawn blindly hardly two mean the same.
"""

import time

import numpy as np
import torch
from scipy.stats import spearmanr
from torch import nn
from torch.nn import functional as F


class Bags:
    """Sentences as their pieces, flat, with the teacher's vector of each."""

    def __init__(self, pieces: list[list[int]], vectors: np.ndarray):
        self.sizes = np.array([len(p) for p in pieces])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.flat = np.concatenate(pieces).astype(np.int64)
        self.vectors = torch.from_numpy(vectors.astype(np.float32))

    def part(self, chosen: np.ndarray) -> "Bags":
        rows = np.flatnonzero(chosen)
        return Bags([self.flat[a : a + n].tolist() for a, n in zip(self.starts[rows], self.sizes[rows])], self.vectors[rows].numpy())

    def head(self, n: int) -> "Bags":
        return self.part(np.arange(len(self)) < n)

    def __len__(self):
        return len(self.sizes)

    def batch(self, rows: np.ndarray):
        sizes = self.sizes[rows]
        offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        at = np.repeat(self.starts[rows] - offsets, sizes) + np.arange(sizes.sum())
        return torch.from_numpy(self.flat[at]), torch.from_numpy(offsets)

    def read_by(self, reads) -> torch.Tensor:
        """What a function of pieces and offsets makes of all sentences."""
        rows = np.arange(len(self))
        with torch.no_grad():
            return torch.cat([reads(*self.batch(rows[at : at + 2000])) for at in range(0, len(rows), 2000)])


# The layer is given its numbers so many times, and so learns faster than its rate.
LOUDER = 4


class Meaning(nn.Module):
    """A sum of the table's rows, set to length one, and what a layer adds to it
    that is told how long it was: a sum alone cannot tell that two pieces
    together mean another thing."""

    def __init__(self, table: torch.Tensor, hidden: int):
        super().__init__()
        dim = table.shape[1]
        self.table = nn.EmbeddingBag.from_pretrained(table.clone(), freeze=False, mode="sum", sparse=True)
        self.up, self.down = nn.Linear(dim + 1, hidden), nn.Linear(hidden, dim)
        nn.init.zeros_(self.down.weight), nn.init.zeros_(self.down.bias)

    def forward(self, ids, offsets):
        x = self.table(ids, offsets)
        length = x.norm(dim=1, keepdim=True).clamp(min=1e-6)
        x = x / length
        return F.normalize(x + self.down(F.relu(self.up(LOUDER * torch.cat([x, length], 1)))))


def start(bags: Bags, alone: np.ndarray, seen: np.ndarray, meant: np.ndarray, dim: int):
    """The turn to dim numbers that keeps most of the cosines, and under it what each piece
    meant on average where it was read; a piece seldom read leans on its vector alone."""
    _, _, axes = torch.linalg.svd(bags.vectors[:20_000], full_matrices=False)
    turn = axes[:dim].T.contiguous()
    mean = (meant + 6 * alone.astype(np.float32)) / (seen[:, None] + 2)
    table = torch.from_numpy(mean.astype(np.float32)) @ turn
    return turn, table / table.norm(dim=1).mean() * 0.1


def fit(bags: Bags, table: torch.Tensor, turn: torch.Tensor, hidden: int, epochs: int, watch, rates=(5e-3, 1e-3), near=4.0, pairs=20.0, size=256) -> Meaning:
    """rates are those of the table and of the layer at their start; both fall to a fiftieth."""
    rng = np.random.default_rng(1)
    model = Meaning(table, hidden)
    layer = [*model.up.parameters(), *model.down.parameters()]
    optimisers = torch.optim.SparseAdam(model.table.parameters(), lr=rates[0]), torch.optim.Adam(layer, lr=rates[1])
    steps = epochs * (len(bags) // size)
    schedules = [torch.optim.lr_scheduler.LambdaLR(o, lambda n: 1 - 0.98 * n / steps) for o in optimisers]
    for epoch in range(epochs):
        began, total = time.time(), 0.0
        for rows in batches(bags, size, rng, neighbours=epoch % 2 == 1):
            x = model(*bags.batch(rows))
            teacher = bags.vectors[rows]
            cosines = teacher @ teacher.T
            weight = 1 + near * cosines.clamp(min=0) ** 2
            pointing = 1 - (x * F.normalize(teacher @ turn)).sum(1)
            loss = pointing.mean() + pairs * (weight * (x @ x.T - cosines) ** 2).mean()
            model.zero_grad()
            loss.backward()
            for step in (*optimisers, *schedules):
                step.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(bags) // size):.4f}, {time.time() - began:.0f} s", flush=True)
        watch(model)
    return model


def batches(bags: Bags, size: int, rng, neighbours: bool):
    """Every sentence once: drawn blindly, or with its like by the side of some planes it lies on."""
    order = rng.permutation(len(bags))
    if neighbours:
        planes = torch.from_numpy(rng.standard_normal((384, 7)).astype(np.float32))
        side = ((bags.vectors - bags.vectors.mean(0)) @ planes > 0).numpy() @ (1 << np.arange(7))
        order = order[np.argsort(side[order], kind="stable")]
    cuts = order[: len(order) // size * size].reshape(-1, size)
    return cuts[rng.permutation(len(cuts))]


def agreement(vectors: torch.Tensor, teacher: torch.Tensor, drawn=20_000, nearest=5_000):
    """Spearman with the teacher's cosine, over pairs drawn by hash and over the nearest pairs."""
    x, n = F.normalize(vectors.float()), len(vectors)
    draw = (np.arange(2 * drawn, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)) % np.uint64(n)
    a, b = draw.astype(np.int64).reshape(2, drawn)
    blind = correlation(x, teacher, a[a != b], b[a != b])
    a, b = nearest_pairs(teacher, nearest)
    return blind, correlation(x, teacher, a, b), (teacher[a] * teacher[b]).sum(1).min().item()


def found_again(vectors: torch.Tensor, teacher: torch.Tensor, least=0.5) -> float:
    """How often the sentence that the teacher finds nearest, if its cosine is least or more, is among the ten nearest."""
    x, hits, of = F.normalize(vectors.float()), 0, 0
    for at in range(0, len(teacher), 1000):
        theirs, ours = teacher[at : at + 1000] @ teacher.T, x[at : at + 1000] @ x.T
        own = torch.arange(len(theirs))
        theirs[own, at + own] = ours[own, at + own] = -1
        best = theirs.max(1)
        among = (ours.topk(10, 1).indices == best.indices[:, None]).any(1)
        hits, of = hits + (among & (best.values > least)).sum().item(), of + (best.values > least).sum().item()
    return hits / of


def correlation(x, teacher, a, b):
    return spearmanr((x[a] * x[b]).sum(1), (teacher[a] * teacher[b]).sum(1)).statistic


def nearest_pairs(teacher: torch.Tensor, wanted: int):
    best, pairs = torch.zeros(0), torch.zeros((0, 2), dtype=torch.long)
    for at in range(0, len(teacher), 500):
        cosines = torch.triu(teacher[at : at + 500] @ teacher[at:].T, diagonal=1)
        floor = best.min() if len(best) == wanted else 0.4
        found = (cosines > floor).nonzero()
        best = torch.cat([best, cosines[found[:, 0], found[:, 1]]])
        pairs = torch.cat([pairs, found + at])
        best, kept = torch.topk(best, min(wanted, len(best)))
        pairs = pairs[kept]
    return pairs[:, 0], pairs[:, 1]
