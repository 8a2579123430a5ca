"""The published encoder in plain PyTorch, with made-up weights, and products of 2048 x 2048 matrices.

usage: plain_pat.py THREADS
Every line on standard input, S, M, L or products, is answered with the milliseconds of one run.
"""

import math
import sys
import time

import torch
from torch.nn import functional as F

WIDTH, HIDDEN = 96, 256
SIZES = {"S": (1, 6, 18), "M": (2, 12, 18), "L": (4, 12, 9)}


class Layer(torch.nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (torch.nn.Linear(WIDTH, heads * WIDTH) for _ in range(3))
        self.output = torch.nn.Linear(heads * WIDTH, WIDTH)
        self.norm1, self.norm2 = (torch.nn.LayerNorm(WIDTH, eps=1e-6) for _ in range(2))
        self.ff1, self.ff2 = torch.nn.Linear(WIDTH, HIDDEN), torch.nn.Linear(HIDDEN, WIDTH)

    def forward(self, x):
        batch, patches, _ = x.shape
        query, key, value = (
            layer(x).view(batch, patches, self.heads, WIDTH).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        )
        shares = torch.softmax(query @ key.transpose(-2, -1) / math.sqrt(WIDTH), dim=-1)
        mixed = (shares @ value).transpose(1, 2).reshape(batch, patches, -1)
        x = self.norm1(x + self.output(mixed))
        return self.norm2(x + self.ff2(F.relu(self.ff1(x))))


class Encoder(torch.nn.Module):
    def __init__(self, layers, heads, patch):
        super().__init__()
        self.patch = patch
        self.embed = torch.nn.Linear(patch, WIDTH)
        angles = torch.outer(
            torch.arange(10080 // patch), torch.exp(-2 * torch.arange(48) * math.log(10000) / WIDTH)
        )
        self.positions = torch.cat([angles.sin(), angles.cos()], dim=1)
        self.layers = torch.nn.Sequential(*(Layer(heads) for _ in range(layers)))

    def forward(self, activity):
        cut = activity.view(activity.shape[0], -1, self.patch)
        return self.layers(self.embed(cut) + self.positions).mean(dim=1)


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
encoders = {size: Encoder(*shape).eval() for size, shape in SIZES.items()}
week = torch.randn(1, 10080)
matrix = torch.rand(2048, 2048)

with torch.inference_mode():
    for line in sys.stdin:
        what = line.strip()
        started = time.perf_counter()
        if what == "products":
            product = matrix @ matrix
        else:
            encoders[what](week)
        print((time.perf_counter() - started) * 1000, flush=True)
