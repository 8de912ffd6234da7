"""Fits the encoder of aims to our stories: what was told for the same reason is to lie close together.

    python fit.py --stories ../../internal/eval/data/jobs/stories --without C,K,T --out aims.pt

A quarter of an hour on two cores. The same seed gives the same weights on
the same machine; another processor rounds otherwise.
"""

import argparse, os, random, sys, time

import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

import stories

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "careful"))
import learning
from network import WIDTH, Encoder

EPOCHS, RATE, HEAD_RATE = 8, 1.5e-4, 1e-4
TOGETHER, CUSTOMERS = 4, 50  # studies of one writer in a lesson, and the most customers of them
FORGET = 0.4  # of the sentences of each customer, in each lesson
WAYS = 16  # numbers that tell where a sentence points: with 384 it learns its stories by heart
NEAR = 0.1  # how sharply nearness is judged
HEAVIEST = 6


class Aims(nn.Module):
    """A direction of WAYS numbers for each sentence and, last, the logarithm of its weight."""

    def __init__(self, some):
        """some are sentences to begin with: from the ways in which these differ most, with equal weights."""
        super().__init__()
        self.enc = Encoder(learning.WEIGHTS, WIDTH)
        self.eval()
        with torch.no_grad():
            self.read_out(torch.eye(WIDTH))
            states = self.sentences(some)
            ways = torch.linalg.svd(states - states.mean(0), full_matrices=False)[2][:WAYS]
            self.read_out(torch.cat([ways, torch.zeros(1, WIDTH)]))
            self.enc.head.bias[:WAYS] = -ways @ states.mean(0)
        self.slope, self.shift = nn.Parameter(torch.tensor(6.0)), nn.Parameter(torch.tensor(-2.0))

    def read_out(self, ways):
        """Makes the head read these ways of the mean state of a sentence's pieces."""
        self.enc.head = nn.Linear(2 * WIDTH, len(ways))
        nn.init.zeros_(self.enc.head.bias)
        self.enc.head.weight.copy_(torch.cat([torch.zeros_like(ways), ways], 1))

    def sentences(self, rows):
        return learning.read(self.enc, [learning.lay(r) for r in rows])

    def forward(self, customers):
        """Where each customer's sentences point, of length 1."""
        flat = [(i, row) for i, rows in enumerate(customers) for row in rows]
        flat.sort(key=lambda x: len(x[1]))
        read = torch.cat([self.sentences([r for _, r in flat[at : at + 256]]) for at in range(0, len(flat), 256)])
        whose = torch.tensor([i for i, _ in flat])
        weight = torch.exp(read[:, WAYS].clamp(-HEAVIEST, HEAVIEST))[:, None]
        sums = torch.zeros(len(customers), WAYS).index_add(0, whose, read[:, :WAYS] * weight)
        return F.normalize(sums / torch.zeros(len(customers), 1).index_add(0, whose, weight), dim=1)


def loss_of(model, toward, customers):
    """Pairs of one product are to be told apart; and whoever shares a job, in this product or another, is to
    be nearer than those of the same product who do not."""
    study, job = (np.array([c[part] for c in customers]) for part in ("study", "job"))
    same_study, same_job = (torch.tensor(x[:, None] == x[None]) for x in (study, job))
    other = ~torch.eye(len(toward)).bool()
    near = toward @ toward.T
    pair = same_study & other
    each = F.binary_cross_entropy_with_logits(model.slope * near + model.shift, same_job.float(), reduction="none")
    told = sum(each[part].mean() for part in (pair & same_job, pair & ~same_job) if part.any())
    apart = same_study & ~same_job
    hardest = torch.logsumexp((near / NEAR).masked_fill(~apart, -1e4), 1, keepdim=True)
    kin = same_job & other
    beaten = (F.softplus(hardest - near / NEAR) * kin).sum(1) / kin.sum(1).clamp(min=1)
    return told + beaten[kin.any(1) & apart.any(1)].mean()


def lessons(studies):
    """Batches of studies of one writer, such as share jobs together."""
    names = list(studies)
    random.shuffle(names)
    batches = []
    while names:
        first = names.pop()
        jobs = {c["job"] for c in studies[first]}
        kin = sorted((n for n in names if n[0] == first[0]), key=lambda n: (-len(jobs & {c["job"] for c in studies[n]}), random.random()))
        batches.append([first] + kin[: TOGETHER - 1])
        names = [n for n in names if n not in batches[-1]]
    random.shuffle(batches)
    return batches


def remembered(rows):
    return [r for r in rows if random.random() > FORGET] or [random.choice(rows)]


def fit(studies):
    everything = [row for customers in studies.values() for c in customers for row in c["rows"]]
    model = Aims(random.sample(everything, min(3000, len(everything))))
    layers, head = model.enc.tuned()
    steps = EPOCHS * len(lessons(studies))
    learner = learning.Learner([{"params": layers, "lr": RATE}, {"params": head, "lr": HEAD_RATE},
                                {"params": [model.slope, model.shift], "lr": 1e-2, "weight_decay": 0}], steps, floor=0.02)
    start = time.time()
    for epoch in range(EPOCHS):
        model.train()
        total, batches = 0, lessons(studies)
        for names in batches:
            customers = [c for n in names for c in studies[n]]
            customers = random.sample(customers, min(CUSTOMERS, len(customers)))
            loss = loss_of(model, model([remembered(c["rows"]) for c in customers]), customers)
            learner.learn(loss)
            total += loss.item()
        print(f"epoch {epoch}: loss {total / len(batches):.3f}, {time.time() - start:.0f} s", flush=True)
    return model


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--stories", required=True)
    a.add_argument("--without", default="", help="writers to learn nothing of, parted by commas")
    a.add_argument("--out", required=True)
    o = a.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(2), random.seed(2), np.random.seed(2)
    tokenizer = learning.tokenizer()
    pieces = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    studies = {}
    for customer in stories.read(o.stories):
        if customer["writer"] not in o.without.split(","):
            customer["rows"] = stories.rows(customer, pieces)
            studies.setdefault(customer["study"], []).append(customer)
    model = fit(studies)
    torch.save(model.state_dict(), o.out)


if __name__ == "__main__":
    main()
