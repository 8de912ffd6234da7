"""Fits the encoder that reads job statements to statements of ours, good and bad.

    python fit.py --statements ../../internal/eval/data/jobs/statements-learn --out statements.pt

Prints first how it does on each author when it has learned from the others, then fits
to all. --quick leaves the first part out: five minutes on two cores, and half an hour
with it. The same seed gives the same weights on the same machine; another processor
rounds otherwise.
"""

import argparse, csv, glob, os, random, sys, time

import numpy as np, torch, torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "careful"))
import learning
from network import Encoder

EPOCHS, BATCH, RATE, HEAD_RATE = 8, 24, 1e-4, 5e-4
MOST = 72  # pieces of a statement, as the encoder's file says
BAD = "bad"
FAULTS = "product feature company too-high too-low purchase no-situation no-object vague jargon hard-to-read".split()
LABELS = [BAD] + FAULTS
NAMED = 3  # how much naming the fault counts beside telling that there is one


def read(folder):
    """Every statement: who wrote it, its word pieces, and what is wrong with it ("" for nothing)."""
    tokenizer, all_rows = learning.tokenizer(), []
    for path in sorted(glob.glob(os.path.join(folder, "*.tsv"))):
        author = os.path.basename(path)[:-4]
        for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            pieces = tokenizer.encode(row["statement"], add_special_tokens=False).ids[:MOST]
            all_rows.append({"author": author, "fault": row["fault"], "laid": learning.lay(pieces)})
    return all_rows


def target(row):
    return [float(row["fault"] != "")] + [float(row["fault"] == f) for f in FAULTS]


def fit(rows):
    torch.manual_seed(1), random.seed(1), np.random.seed(1)
    rows, model = list(rows), Encoder(learning.WEIGHTS, len(LABELS))
    torch.nn.init.zeros_(model.head.bias)
    layers, head = model.tuned()
    steps = EPOCHS * -(-len(rows) // BATCH)
    learner = learning.Learner([{"params": layers, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], steps)
    start = time.time()
    for epoch in range(EPOCHS):
        model.train()
        random.shuffle(rows)
        for at in range(0, len(rows), BATCH):
            lesson = rows[at : at + BATCH]
            heard, want = learning.read(model, [r["laid"] for r in lesson]), torch.tensor([target(r) for r in lesson])
            loss = F.binary_cross_entropy_with_logits
            learner.learn(loss(heard[:, 0], want[:, 0]) + NAMED * loss(heard[:, 1:], want[:, 1:]))
        print(f"  epoch {epoch}: {time.time() - start:.0f} s", flush=True)
    return model.eval()


def hear(model, rows):
    with torch.no_grad():
        return torch.cat([learning.read(model, [r["laid"] for r in rows[at : at + 64]]) for at in range(0, len(rows), 64)]).numpy()


def report(author, rows, heard):
    """How many bad ones are found where so many good ones are left alone."""
    bad = np.array([r["fault"] != "" for r in rows])
    found = [f"{(heard[bad, 0] > np.quantile(heard[~bad, 0], share)).mean():.2f} at {share}" for share in (0.9, 0.95, 0.97)]
    print(f"{author}, n = {len(rows)}: bad ones found {', '.join(found)} of good ones left alone", flush=True)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--statements", required=True)
    a.add_argument("--quick", action="store_true")
    a.add_argument("--out", required=True)
    o = a.parse_args()
    torch.set_num_threads(2)
    rows = read(o.statements)
    for author in [] if o.quick else sorted({r["author"] for r in rows}):
        unseen = [r for r in rows if r["author"] == author]
        report(author, unseen, hear(fit([r for r in rows if r["author"] != author]), unseen))
    torch.save(fit(rows).state_dict(), o.out)


if __name__ == "__main__":
    main()
