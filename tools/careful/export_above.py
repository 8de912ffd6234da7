"""Writes what a fit.py made as a weights file that stands on the careful pass's encoder.

    python export_above.py --state aims.pt --name "aims 2" --labels 0-15,weight --out ../../internal/hear/aims.encoder
"""

import argparse, os, sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "distill"))
from export_encoder import HEAD, LIMITS, LONGEST, write
from network import FROZEN


def names(text):
    """Names parted by commas; 0-15 stands for sixteen."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first.isdigit() and last.isdigit():
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield part


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--state", required=True)
    a.add_argument("--on", default="careful 1", help="name of the encoder below")
    a.add_argument("--name", required=True)
    a.add_argument("--labels", required=True)
    a.add_argument("--out", required=True)
    o = a.parse_args()
    s = {k.removeprefix("enc."): v.float() for k, v in torch.load(o.state, map_location="cpu").items()}
    pieces, width = s["word.weight"].shape
    layers = 1 + max(int(k.split(".")[1]) for k in s if k.startswith("layers."))
    labels = [{"name": n, "slope": 1, "shift": 0, "threshold": 0.5} for n in names(o.labels)]
    assert len(labels) == len(s["head.bias"]), "the head has not so many labels"
    write(o.out, s, {"name": o.name, "layers": layers, "width": width, "heads": width // HEAD, "feed": len(s["layers.0.up.bias"]),
                     "pieces": pieces, "kept": pieces, "positions": LONGEST, "cls": 101, "sep": 102, "unk": 100, **LIMITS,
                     "labels": labels, "above": FROZEN, "on": o.on}, None)


if __name__ == "__main__":
    main()
