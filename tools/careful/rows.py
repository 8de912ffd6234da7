"""The labelled sentences, as rows of word pieces with the labels they teach.

A row is laid out as internal/encoder reads it:

    [CLS] sentence [SEP] before [SEP] question [SEP]
"""

import glob, os, random, re, zlib

import numpy as np

KINDS = "situation struggle motivation measure alternative pull anxiety habit request result realization decision".split()
ACTS = ("q-open q-closed q-leading q-double q-hypothetical playback pitch advice story-own story-other "
        "assumption ack other").split()
ASKS = ["asks:" + s for s in
        "situation struggle motivation measure alternative pull anxiety habit request result decision other".split()]
OURS = ACTS + ASKS
LABELS = KINDS + OURS
CLS, SEP = 101, 102
SENTENCE, BEFORE, QUESTION = 72, 24, 32  # the most pieces of each part

# What a sentence counts for: those we wrote less than real ones, those picked
# for their cues less than those drawn at random.
WEIGHT = {"inv": 0.6, "rar": 0.5}
# A sentence that asks nothing teaches a little about what questions ask for.
ASKS_NOTHING = 0.3


def fold(document):
    return zlib.crc32(document.encode()) % 5


def read(data):
    """Every labelled sentence under data/labels; no quoting: cut at tab and line feed."""
    rows = []
    labels = os.path.join(data, "labels")
    for path in sorted(glob.glob(labels + "/*.tsv")) + sorted(glob.glob(labels + "/invented/*.tsv")):
        lines = open(path, encoding="utf-8").read().rstrip("\n").split("\n")
        names = lines[0].split("\t")
        for line in lines[1:]:
            row = dict(zip(names, line.split("\t")))
            row["file"] = os.path.basename(path)[:-4]
            row["fold"] = fold(row["id"].split(".")[0])
            row["set"] = [] if row["labels"] == "-" else row["labels"].split(",")
            rows.append(row)
    return rows


def target(row):
    """What a row teaches: 1 or 0 for each label, and what each counts for."""
    want, counts = np.zeros(len(LABELS), np.float32), np.zeros(len(LABELS), np.float32)
    if row["side"] == "theirs":
        counts[: len(KINDS)] = 1
    else:
        counts[len(KINDS) : len(KINDS + ACTS)] = 1
        asks = any(l.startswith("q-") for l in row["set"])
        counts[len(KINDS + ACTS) :] = 1 if asks else ASKS_NOTHING
    for label in row["set"]:
        want[(LABELS if row["side"] == "theirs" else OURS).index(label) + (0 if row["side"] == "theirs" else len(KINDS))] = 1
    return want, counts * WEIGHT.get(row["file"][:3], 1.0)


# Names of people, firms and products, found or made up by us: what stands in
# for the names in a sentence, so that none of them comes to mean anything.
NAMES = ("anna tom mueller acme nordwind delta zoe priya orbit kestrel bluebird henrik lumen paloma tavern quill rosa "
         "figo mendez harbor stripe notion slack zendesk jira salesforce trello marco ingrid sunrise vertex omni pixel rhea").split()
NAMED = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z0-9]+(?:'s)?")
I = {"I", "I'm", "I've", "I'd"}


def as_heard(row):
    """A row as the world might have it: other names, no punctuation, less context."""
    parts = row["sentence"], row["before"], row["question"]
    if random.random() < 0.3:
        other = {}
        rename = lambda m: m[0] if m[0] in I else other.setdefault(m[0], random.choice(NAMES))
        parts = [NAMED.sub(rename, p) for p in parts]
    if random.random() < 0.25:
        parts = [re.sub(r"[^\w' ]", " ", p) for p in parts]
    sentence, before, question = parts
    if random.random() < 0.1:
        question = ""
    if random.random() < 0.1:
        before = ""
    return sentence, before, question


class Reader:
    """Cuts text into word pieces, each text once."""

    def __init__(self, tokenizer):
        self.tokenizer, self.known = tokenizer, {}

    def pieces(self, text):
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self.known[text]

    def lay(self, sentence, before, question):
        """A row's ids, their types, and which are the sentence's own."""
        s = self.pieces(sentence)[:SENTENCE]
        rest = self.pieces(before)[-BEFORE:] + [SEP] + self.pieces(question)[-QUESTION:] + [SEP]
        own = [0] + [1] * len(s) + [0] * (1 + len(rest))
        if not s:
            own[0] = 1
        return [CLS] + s + [SEP] + rest, [0] * (len(s) + 2) + [1] * len(rest), own
