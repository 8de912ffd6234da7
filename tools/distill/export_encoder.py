"""Writes the weights file of the careful pass, which internal/encoder reads.

    python export_encoder.py --state tuned.pt --name careful-1 --out encoder.bin
    python export_encoder.py --state tuned.pt --name careful-1 --out encoder.bin \
        --rows encoder_rows.tsv --tokenizer .../tokenizer.json --reference reference.json
    python export_encoder.py --random --out ../../internal/encoder/testdata/tiny.bin \
        --reference ../../internal/encoder/testdata/tiny.json

The layout stands in the doc of internal/encoder. Weights become int8 with one
scale an output, the word embedding int8 with one scale a piece; all else stays
float32. --reference also writes what PyTorch says in float32 to some rows, for
the tests to hold the integers against. --keep names a file of piece ids, one a
line: the others lose their row and are read as [UNK]. --calibration names a
JSON file {label: {"slope": .., "shift": .., "threshold": ..}}.

For developers only; needs torch, numpy and, for --rows, tokenizers.
"""

import argparse, json, struct, zlib
import numpy as np, torch, torch.nn.functional as F

KINDS = "situation struggle motivation measure alternative pull anxiety habit request result realization decision".split()
ACTS = ("q-open q-closed q-leading q-double q-hypothetical playback pitch advice story-own story-other "
        "assumption ack other").split()
ASKS = ["asks:" + s for s in
        "situation struggle motivation measure alternative pull anxiety habit request result decision other".split()]
LIMITS = {"sentence": 72, "before": 24, "question": 32}
LONGEST = sum(LIMITS.values()) + 4
HEAD = 32  # the width of a head of attention


def forward(s, layers, ids, kinds, own):
    """The network in float32: one row of ids to its logits."""
    width = s["word.weight"].shape[1]
    norm = lambda x, name: F.layer_norm(x, (width,), s[name + ".weight"], s[name + ".bias"], 1e-12)
    linear = lambda x, name: F.linear(x, s[name + ".weight"], s[name + ".bias"])
    x = norm(s["word.weight"][ids] + s["pos.weight"][: len(ids)] + s["typ.weight"][kinds], "n")
    for i in range(layers):
        p = f"layers.{i}."
        q, k, v = linear(x, p + "qkv").view(len(ids), 3, width // HEAD, HEAD).permute(1, 2, 0, 3)
        a = torch.softmax(q @ k.transpose(1, 2) / HEAD**0.5, -1) @ v
        x = norm(x + linear(a.transpose(0, 1).reshape(len(ids), width), p + "o"), p + "n1")
        x = norm(x + linear(F.gelu(linear(x, p + "up")), p + "down"), p + "n2")
    return linear(torch.cat([x[0], x[own].mean(0)]), "head")


def lay(row, cls, sep):
    """A row's ids, their types and which are the sentence's own."""
    s = row["sentence"][: LIMITS["sentence"]]
    b, q = row["before"][-LIMITS["before"] :], row["question"][-LIMITS["question"] :]
    ids = [cls] + s + [sep] + b + [sep] + q + [sep]
    kinds = [0] * (len(s) + 2) + [1] * (len(b) + len(q) + 2)
    return torch.tensor(ids), torch.tensor(kinds), torch.arange(1, 1 + len(s)) if s else torch.tensor([0])


def floats(x):
    return np.ascontiguousarray(x.detach().float().numpy(), "<f4").tobytes()


def rounded(w):
    """Rows of int8 and the scale of each."""
    w = w.detach().float().numpy()
    scale = np.maximum(np.abs(w).max(1) / 127, 1e-12).astype("<f4")
    return scale, np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)


def matrix(s, name):
    scale, w = rounded(s[name + ".weight"])
    return scale.tobytes() + floats(s[name + ".bias"]) + w.tobytes()


def norm(s, name):
    return floats(s[name + ".weight"]) + floats(s[name + ".bias"])


def write(path, s, header, keep):
    text = json.dumps(header, separators=(",", ":")).encode()
    out = [b"HWENC001", struct.pack("<I", len(text)), text]
    word = s["word.weight"]
    above = header.get("above", 0)
    if not above:
        if header["kept"] < header["pieces"]:
            out.append(np.array(keep, "<u4").tobytes())
            word = word[torch.tensor(keep)]
        scale, w = rounded(word)
        out += [scale.tobytes(), w.tobytes(), floats(s["pos.weight"][: header["positions"]]), floats(s["typ.weight"]), norm(s, "n")]
    for i in range(above, header["layers"]):
        p = f"layers.{i}."
        out += [matrix(s, p + "qkv"), matrix(s, p + "o"), norm(s, p + "n1")]
        out += [matrix(s, p + "up"), matrix(s, p + "down"), norm(s, p + "n2")]
    out += [floats(s["head.weight"]), floats(s["head.bias"])]
    body = b"".join(out)
    with open(path, "wb") as f:
        f.write(body + struct.pack("<I", zlib.crc32(body)))
    print(f"{path}: {len(body) + 4:,} bytes, {header['layers']} layers, {header['kept']:,} pieces, {len(header['labels'])} labels")


def tiny():
    """A small network of random weights, as unruly as trained ones are."""
    g = torch.Generator().manual_seed(7)
    width, feed, layers, pieces = 64, 128, 2, 300
    r = lambda *shape, std: torch.randn(*shape, generator=g) * std
    s = {"word.weight": r(pieces, width, std=0.5), "pos.weight": r(LONGEST, width, std=0.1), "typ.weight": r(2, width, std=0.1)}

    def add(name, out, into, std):
        s[name + ".weight"], s[name + ".bias"] = r(out, into, std=std), r(out, std=0.1)

    def add_norm(name):
        s[name + ".weight"], s[name + ".bias"] = 1 + r(width, std=0.1), r(width, std=0.1)

    add_norm("n")
    for i in range(layers):
        p = f"layers.{i}."
        add(p + "qkv", 3 * width, width, 0.15), add(p + "o", width, width, 0.15), add_norm(p + "n1")
        add(p + "up", feed, width, 0.15), add(p + "down", width, feed, 0.1), add_norm(p + "n2")
    add("head", 5, 2 * width, 0.1)
    return s


def tiny_rows(pieces):
    g = np.random.default_rng(7)
    draw = lambda most: g.integers(5, pieces, g.integers(0, most + 1)).tolist()
    rows = [{"sentence": draw(40), "before": draw(24), "question": draw(32)} for _ in range(46)]
    rows += [{"sentence": [], "before": [], "question": []}, {"sentence": [9], "before": [], "question": []}]
    rows += [{"sentence": [], "before": [7, 8], "question": [9]}]
    rows += [{"sentence": g.integers(5, pieces, 90).tolist(), "before": g.integers(5, pieces, 40).tolist(), "question": g.integers(5, pieces, 50).tolist()}]
    return rows


def minilm(folder):
    """The untuned encoder with a random head, to try sizes and speeds."""
    from safetensors.torch import load_file

    w = load_file(folder + "/model.safetensors")
    get = lambda k: w[k] if k in w else w["bert." + k]
    s = {"word.weight": get("embeddings.word_embeddings.weight"), "pos.weight": get("embeddings.position_embeddings.weight"),
         "typ.weight": get("embeddings.token_type_embeddings.weight")}
    for part in ("weight", "bias"):
        s["n." + part] = get("embeddings.LayerNorm." + part)
        for i in range(6):
            p = f"encoder.layer.{i}."
            s[f"layers.{i}.qkv.{part}"] = torch.cat([get(f"{p}attention.self.{k}.{part}") for k in ("query", "key", "value")])
            for ours, theirs in (("o", "attention.output.dense"), ("n1", "attention.output.LayerNorm"), ("up", "intermediate.dense"),
                                 ("down", "output.dense"), ("n2", "output.LayerNorm")):
                s[f"layers.{i}.{ours}.{part}"] = get(f"{p}{theirs}.{part}")
    torch.manual_seed(7)
    s["head.weight"], s["head.bias"] = torch.randn(37, 768) * 0.06, torch.full((37,), -1.0)
    return s


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--state", help="a PyTorch state dict")
    a.add_argument("--minilm", help="folder of the untuned encoder, in place of --state")
    a.add_argument("--random", action="store_true", help="a tiny random network, in place of --state")
    a.add_argument("--name", default="tiny")
    a.add_argument("--out", required=True)
    a.add_argument("--keep"), a.add_argument("--calibration")
    a.add_argument("--rows"), a.add_argument("--tokenizer"), a.add_argument("--reference")
    o = a.parse_args()
    s = tiny() if o.random else minilm(o.minilm) if o.minilm else torch.load(o.state, map_location="cpu")
    s = {k: v.float() for k, v in s.items()}
    pieces, width = s["word.weight"].shape
    layers = 1 + max(int(k.split(".")[1]) for k in s if k.startswith("layers."))
    cls, sep, unk = (2, 3, 1) if o.random else (101, 102, 100)
    names = KINDS + ACTS + ASKS if not o.random else KINDS[:5]
    assert len(names) == len(s["head.bias"]), "the head has other labels than the codebook"
    tuned = json.load(open(o.calibration)) if o.calibration else {}
    labels = [{"name": n, "slope": 1, "shift": 0, "threshold": 0.5} | tuned.get(n, {}) for n in names]
    keep = sorted({int(l) for l in open(o.keep)} | {cls, sep, unk}) if o.keep else range(pieces)
    header = {"name": o.name, "layers": layers, "width": width, "heads": width // HEAD, "feed": len(s["layers.0.up.bias"]),
              "pieces": pieces, "kept": len(keep), "positions": LONGEST, "cls": cls, "sep": sep, "unk": unk, **LIMITS, "labels": labels}
    write(o.out, s, header, keep)
    if not o.reference:
        return
    if o.random:
        rows = tiny_rows(pieces)
    else:
        from tokenizers import Tokenizer

        t = Tokenizer.from_file(o.tokenizer)
        t.no_truncation(), t.no_padding()
        cut = lambda text: t.encode(text, add_special_tokens=False).ids
        lines = [l.split("\t") for l in open(o.rows, encoding="utf-8").read().splitlines() if not l.startswith("#")]
        rows = [dict(zip(("sentence", "before", "question"), map(cut, l))) for l in lines]
    with torch.no_grad():
        for r in rows:
            r["logits"] = [round(x, 5) for x in forward(s, layers, *lay(r, cls, sep)).tolist()]
    with open(o.reference, "w") as f:
        f.write('{"model": %s, "rows": [\n' % json.dumps(o.name))
        f.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]}\n")


if __name__ == "__main__":
    main()
