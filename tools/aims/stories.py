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

MOST = 72  # pieces of a sentence, as the encoder's file says


def read(folder):
    """Every customer: the study (product), its writer, the job and what they say."""
    customers = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        study = os.path.basename(path)[:-4]
        job, customer = None, None
        for line in open(path, encoding="utf-8"):
            head, _, rest = line.strip().partition(":")
            if head == "job":
                job, customer = rest.split("|")[0].strip(), None
            elif not head:
                customer = None
            elif head in ("Q", "A"):
                if customer is None:
                    customer = {"study": study, "writer": study[0], "job": job, "says": []}
                    customers.append(customer)
                if head == "A":
                    customer["says"].append(rest.strip())
    return [c for c in customers if c["says"]]


def rows(customer, pieces):
    """Each sentence as ids of word pieces; pieces cuts text into them."""
    cut = lambda text: [s for s in re.split(r"(?<=[.!?])[\"')\]]*\s+", text.strip()) if s]
    found = [pieces(sentence)[:MOST] for answer in customer["says"] for sentence in cut(answer)]
    return [r for r in found if r]
