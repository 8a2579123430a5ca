"""PAT-S encoder as published (arXiv 2411.15240) and the small decoder it is pre-trained with."""

import math

import torch
from torch import nn

WEEK, PATCH, WIDTH, HEADS, HIDDEN = 10080, 18, 96, 6, 256
PATCHES = WEEK // PATCH


def positions(count: int, width: int) -> torch.Tensor:
    """Sine half, then cosine half; float64 before it is stored."""
    rate = torch.exp(-2 * torch.arange(width // 2, dtype=torch.float64) * math.log(10000) / width)
    angle = torch.arange(count, dtype=torch.float64)[:, None] * rate
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class Attention(nn.Module):
    """Keras MultiHeadAttention: every head `key` wide, biases, the query scaled after its bias."""

    def __init__(self, width: int, heads: int, key: int) -> None:
        super().__init__()
        self.heads, self.key = heads, key
        self.query, self.keys, self.value = (nn.Linear(width, heads * key) for _ in range(3))
        self.output = nn.Linear(heads * key, width)
        for layer in (self.query, self.keys, self.value, self.output):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor, context: torch.Tensor | None = None) -> torch.Tensor:
        context = x if context is None else context

        def split(y: torch.Tensor) -> torch.Tensor:
            return y.view(*y.shape[:2], self.heads, self.key).transpose(1, 2)

        scores = (split(self.query(x)) / math.sqrt(self.key)) @ split(self.keys(context)).transpose(2, 3)
        mixed = torch.softmax(scores, -1) @ split(self.value(context))
        return self.output(mixed.transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self, width: int, heads: int, key: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(width, heads, key)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.ff1, self.ff2 = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.dropout = nn.Dropout(dropout)
        for layer in (self.ff1, self.ff2):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor, context: torch.Tensor | None = None) -> torch.Tensor:
        x = self.norm1(x + self.dropout(self.attention(x, context)))
        return self.norm2(x + self.dropout(self.ff2(torch.relu(self.ff1(x)))))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.dense = nn.Linear(PATCH, WIDTH)
        nn.init.xavier_uniform_(self.dense.weight)
        nn.init.zeros_(self.dense.bias)
        self.block = Block(WIDTH, HEADS, WIDTH, HIDDEN, 0.1)
        self.register_buffer("positions", positions(PATCHES, WIDTH).float())

    def forward(self, week: torch.Tensor, visible: torch.Tensor | None = None) -> torch.Tensor:
        """`week` [batch, 10080]; `visible` [batch, n] indices of the patches that are seen, all by default."""
        patches, place = week.view(len(week), PATCHES, PATCH), self.positions.expand(len(week), -1, -1)
        if visible is not None:
            patches = patches.gather(1, visible[..., None].expand(-1, -1, PATCH))
            place = place.gather(1, visible[..., None].expand(-1, -1, WIDTH))
        return self.block(self.dense(patches) + place)

    @torch.no_grad()
    def embed(self, weeks: torch.Tensor) -> torch.Tensor:
        """Mean over patches, [n, 96]."""
        self.eval()
        return torch.cat([self(part).mean(1) for part in weeks.split(4)])


class MaskedAutoencoder(nn.Module):
    """Encoder on the visible tenth, then one small block in which every patch attends to the visible ones, 2 tanh.

    A hidden patch is a learned token and its position, so it holds nothing for another patch to attend to; leaving
    hidden patches out of keys and values makes a step about ten times cheaper.
    """

    def __init__(self, encoder: Encoder, width: int = 64) -> None:
        super().__init__()
        self.encoder = encoder
        self.narrow = nn.Linear(WIDTH, width)
        self.token = nn.Parameter(torch.zeros(width))
        self.register_buffer("positions", positions(PATCHES, width).float())
        self.block = Block(width, 4, width // 4, 128, 0.0)
        self.output = nn.Linear(width, PATCH)

    def forward(self, week: torch.Tensor, visible: torch.Tensor) -> torch.Tensor:
        index = visible[..., None].expand(-1, -1, self.token.numel())
        every = self.positions.expand(len(week), -1, -1)
        seen = self.narrow(self.encoder(week, visible)) + every.gather(1, index)
        queries = (every + self.token).scatter(1, index, seen)
        return 2 * torch.tanh(self.output(self.block(queries, seen))).flatten(1)
