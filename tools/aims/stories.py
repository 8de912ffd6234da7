"""Our invented stories, as customers with rows of word pieces.

A file of stories/ is one product:

    product: a plain lined notebook
    job: f1 | When my head goes on working after the light is out, ...
    Q: what an interviewer asks
    A: what the customer says, a paragraph or answer a line

    Q: the next customer, parted by a blank line

A job's id (a writer's letter and a number) is the same wherever the progress is,
whatever the product.
"""

import glob, os, re

CLS, SEP = 101, 102
STRETCH, QUESTION, LEAST = 96, 24, 4  # pieces: the most of a stretch and of its question, the least of a stretch


def read(folder):
    """Every customer: the study (product), its writer, the job and the turns as (question, answer)."""
    customers = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        study = os.path.basename(path)[:-4]
        job, customer, question = None, None, ""
        for line in open(path, encoding="utf-8"):
            head, _, rest = line.strip().partition(":")
            if head == "job":
                job, customer, question = rest.split("|")[0].strip(), None, ""
            elif not head:
                customer, question = None, ""
            elif head in "QA":
                if customer is None:
                    customer = {"study": study, "writer": study[0], "job": job, "turns": []}
                    customers.append(customer)
                if head == "Q":
                    question = rest.strip()
                else:
                    customer["turns"].append((question, rest.strip()))
    return [c for c in customers if c["turns"]]


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])[\"')\]]*\s+", text.strip()) if s]


def rows(turns, pieces):
    """Stretches of sentences of one turn, each with the question it answers; pieces cuts text into ids."""
    found = []
    for question, answer in turns:
        asked, stretch = pieces(question)[-QUESTION:], []
        for sentence in sentences(answer):
            more = pieces(sentence)[:STRETCH]
            if stretch and len(stretch) + len(more) > STRETCH:
                found.append((stretch, asked))
                stretch = []
            stretch = stretch + more
        if stretch:
            found.append((stretch, asked))
    return [r for r in found if len(r[0]) >= LEAST] or found


def lay(row):
    """A row's ids, their types and which are the stretch's own, as internal/encoder lays them."""
    stretch, asked = row
    ids = [CLS] + stretch + [SEP, SEP] + asked + [SEP]
    kinds = [0] * (len(stretch) + 2) + [1] * (len(asked) + 2)
    own = [0] + [1] * len(stretch) + [0] * (len(ids) - 1 - len(stretch))
    return ids, kinds, own
