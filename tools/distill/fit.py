"""The table: a vector for each word piece, so that the sum over a sentence's
pieces points where the teacher's vector of the sentence does.

What the teacher took each piece for, averaged over the sentences it stood in,
is the start. From there the table is fitted to real sentences by two wants at once: each sum
should point as the teacher's vector, turned and cut to the table's dimension;
and any two sums should have the cosine that the teacher gives them. The second
weighs near pairs more, and half the batches are made of neighbours, since among
sentences drawn blindly hardly two mean the same.
"""

import time

import numpy as np
import torch
from scipy.stats import spearmanr
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

    def sums(self, table: torch.Tensor) -> torch.Tensor:
        ids, offsets = self.batch(np.arange(len(self)))
        return F.embedding_bag(ids, table, offsets, mode="sum")


def start(bags: Bags, alone: np.ndarray, seen: np.ndarray, meant: np.ndarray, dim: int):
    """The turn to dim numbers that keeps most of the cosines, and under it what each piece
    meant on average where it was read; a piece seldom read leans on its vector alone."""
    _, _, axes = torch.linalg.svd(bags.vectors[:20_000], full_matrices=False)
    turn = axes[:dim].T.contiguous()
    mean = (meant + 6 * alone.astype(np.float32)) / (seen[:, None] + 2)
    table = torch.from_numpy(mean.astype(np.float32)) @ turn
    return turn, table / table.norm(dim=1).mean() * 0.1


def fit(bags: Bags, table: torch.Tensor, turn: torch.Tensor, epochs: int, watch, rate=5e-3, near=4.0, pairs=20.0, size=256):
    rng = np.random.default_rng(1)
    table = torch.nn.Parameter(table.clone())
    steps = epochs * (len(bags) // size)
    optimiser = torch.optim.SparseAdam([table], lr=rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: 1 - 0.98 * n / steps)
    for epoch in range(epochs):
        began, total = time.time(), 0.0
        for rows in batches(bags, size, rng, neighbours=epoch % 2 == 1):
            ids, offsets = bags.batch(rows)
            x = F.normalize(F.embedding_bag(ids, table, offsets, mode="sum", sparse=True))
            teacher = bags.vectors[rows]
            cosines = teacher @ teacher.T
            weight = 1 + near * cosines.clamp(min=0) ** 2
            pointing = 1 - (x * F.normalize(teacher @ turn)).sum(1)
            loss = pointing.mean() + pairs * (weight * (x @ x.T - cosines) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(bags) // size):.4f}, {time.time() - began:.0f} s", flush=True)
        watch(table.detach())
    return table.detach()


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
