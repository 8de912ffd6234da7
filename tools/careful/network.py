"""The encoder in PyTorch, as internal/encoder has it in Go."""

import torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file

WIDTH, HEADS, FEED, LAYERS = 384, 12, 1536, 6
# The word embedding and the lowest layers stay as they are: what they know of
# English they learned from far more than our labels.
FROZEN = 2


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.o, self.n1 = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down, self.n2 = nn.Linear(WIDTH, FEED), nn.Linear(FEED, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask, drop):
        rows, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(rows, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        looks = torch.softmax(torch.matmul(q, k.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + mask.to(q.dtype), -1)
        seen = self.o(torch.matmul(looks, v).transpose(1, 2).reshape(rows, tokens, WIDTH))
        x = self.n1(x + F.dropout(seen, drop, self.training))
        return self.n2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    def __init__(self, pretrained, labels):
        super().__init__()
        self.word, self.pos, self.typ = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.n, self.layers = nn.LayerNorm(WIDTH, eps=1e-12), nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.take(load_file(pretrained))
        self.head = nn.Linear(2 * WIDTH, labels)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -2.5)  # most labels are rare

    def take(self, weights):
        """Takes the pretrained weights over."""
        def copy(to, name):
            to.weight.data = weights[name + ".weight"].clone()
            if hasattr(to, "bias"):
                to.bias.data = weights[name + ".bias"].clone()
        copy(self.word, "embeddings.word_embeddings")
        copy(self.pos, "embeddings.position_embeddings")
        copy(self.typ, "embeddings.token_type_embeddings")
        copy(self.n, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                looks = [weights[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).data = torch.cat(looks)
            copy(layer.o, at + "attention.output.dense")
            copy(layer.n1, at + "attention.output.LayerNorm")
            copy(layer.up, at + "intermediate.dense")
            copy(layer.down, at + "output.dense")
            copy(layer.n2, at + "output.LayerNorm")

    def tuned(self):
        """The weights that are fitted, those of the layers and those of the head."""
        for p in self.parameters():
            p.requires_grad_(False)
        layers, head = [p for l in self.layers[FROZEN:] for p in l.parameters()], list(self.head.parameters())
        for p in layers + head:
            p.requires_grad_(True)
        return layers, head

    def forward(self, ids, kinds, is_token, own, drop=0.1):
        with torch.no_grad():
            x = self.n(self.word(ids) + self.pos(torch.arange(ids.shape[1])) + self.typ(kinds))
        mask = torch.zeros(is_token.shape, dtype=x.dtype).masked_fill(~is_token, -1e4)[:, None, None, :]
        for i, layer in enumerate(self.layers):
            with torch.set_grad_enabled(i >= FROZEN and torch.is_grad_enabled()):
                x = layer(x, mask, drop if i >= FROZEN else 0)
        o = own.to(x.dtype)[:, :, None]
        read = torch.cat([x[:, 0], (x * o).sum(1) / o.sum(1)], 1)
        return self.head(F.dropout(read, drop, self.training))
