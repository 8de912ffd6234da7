"""Fits the careful pass's encoder to the labels.

    python fit.py --data ../../../shared/data --fold 0 --out fold0.pt    # learns nothing of fold 0
    python fit.py --data ../../../shared/data --without survey,podcast --out unseen.pt
    python fit.py --data ../../../shared/data --out all.pt

About a quarter of an hour on one core. The same seed gives the same weights on
the same machine; another processor rounds otherwise.
"""

import argparse, random, time

import numpy as np, torch, torch.nn.functional as F

import learning
import rows as labelled
from network import Encoder

EPOCHS, BATCH, RATE, HEAD_RATE = 4, 32, 2e-4, 2e-3


def lessons(train, reader):
    """One epoch's batches of rows of about equal length, in a new order each time."""
    all_rows = [(reader.lay(*labelled.as_heard(r)), *labelled.target(r)) for r in train]
    random.shuffle(all_rows)
    batches = []
    for at in range(0, len(all_rows), BATCH * 40):
        near = sorted(all_rows[at : at + BATCH * 40], key=lambda x: len(x[0][0]))
        batches += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    random.shuffle(batches)
    return batches


def fit(train, reader):
    model = Encoder(learning.WEIGHTS, len(labelled.LABELS))
    layers, head = model.tuned()
    steps = EPOCHS * (len(train) // BATCH)
    learner = learning.Learner([{"params": layers, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], steps)
    start = time.time()
    for epoch in range(EPOCHS):
        model.train()
        total = 0
        batches = lessons(train, reader)
        for lesson in batches:
            heard = learning.read(model, [x[0] for x in lesson])
            want, counts = (torch.tensor(np.array([x[i] for x in lesson])) for i in (1, 2))
            loss = (F.binary_cross_entropy_with_logits(heard, want, reduction="none") * counts).sum() / len(lesson)
            learner.learn(loss)
            total += loss.item()
        print(f"epoch {epoch}: loss {total / len(batches):.4f}, {time.time() - start:.0f} s", flush=True)
    return model


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", required=True)
    a.add_argument("--fold", type=int, default=-1, help="0 to 4: learn nothing of it")
    a.add_argument("--without", default="", help="files to learn nothing of, parted by commas")
    a.add_argument("--out", required=True)
    o = a.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1), random.seed(1), np.random.seed(1)
    without = tuple(o.without.split(",")) if o.without else ()
    train = [r for r in labelled.read(o.data) if r["fold"] != o.fold and not r["file"].startswith(without or ("\0",))]
    model = fit(train, labelled.Reader(learning.tokenizer()))
    torch.save(model.state_dict(), o.out)


if __name__ == "__main__":
    main()
