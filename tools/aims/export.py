"""Writes what fit.py fitted as a weights file that stands on the careful pass's encoder.

    python export.py --state aims.pt --on "careful 1" --out ../../internal/hear/aims.encoder
"""

import argparse, os, sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "distill"))
from export_encoder import HEAD, LIMITS, LONGEST, write

BELOW = 2  # layers that both encoders share, as ../careful/network.py leaves them


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--state", required=True)
    a.add_argument("--on", required=True, help="name of the encoder below")
    a.add_argument("--name", default="aims 1")
    a.add_argument("--out", required=True)
    o = a.parse_args()
    s = {k.removeprefix("enc."): v.float() for k, v in torch.load(o.state, map_location="cpu").items()}
    pieces, width = s["word.weight"].shape
    layers = 1 + max(int(k.split(".")[1]) for k in s if k.startswith("layers."))
    labels = [{"name": str(i)} for i in range(len(s["head.bias"]) - 1)] + [{"name": "weight"}]
    write(o.out, s, {"name": o.name, "layers": layers, "width": width, "heads": width // HEAD, "feed": len(s["layers.0.up.bias"]),
                     "pieces": pieces, "kept": pieces, "positions": LONGEST, "cls": 101, "sep": 102, "unk": 100, **LIMITS,
                     "labels": labels, "above": BELOW, "on": o.on}, None)


if __name__ == "__main__":
    main()
