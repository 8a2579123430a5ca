"""Pre-trains PAT-S by masked autoencoding on generated weeks: `python3 pretrain.py --steps N --out weights.pt`."""

import argparse
import math
import time

import numpy as np
import torch

from encoder import PATCHES, Encoder, MaskedAutoencoder
from generator import draw_person, draw_week, standardise

TRAIN_SEED, VISIBLE = 20_241_115, PATCHES // 10


def training_weeks(count: int) -> torch.Tensor:
    """One standardised week each of `count` persons."""
    rng = np.random.default_rng(TRAIN_SEED)
    return torch.from_numpy(np.stack([standardise(draw_week(draw_person(rng), rng)) for _ in range(count)]))


def rate(step: int, steps: int, peak: float) -> float:
    warm = min(1.0, (step + 1) / 200)
    return peak * warm * 0.5 * (1 + math.cos(math.pi * step / steps))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--stop", type=int, help="end after this many steps of the schedule")
    parser.add_argument("--weeks", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--peak", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", default="weights.pt")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(TRAIN_SEED)
    weeks = training_weeks(args.weeks)
    model = MaskedAutoencoder(Encoder()).train()
    optimiser = torch.optim.Adam(model.parameters(), lr=args.peak)
    started, losses = time.monotonic(), []
    last = args.stop or args.steps
    for step in range(last):
        batch = weeks[torch.randint(len(weeks), (args.batch,))]
        visible = torch.rand(args.batch, PATCHES).argsort(1)[:, :VISIBLE].sort(1).values
        for group in optimiser.param_groups:
            group["lr"] = rate(step, args.steps, args.peak)
        loss = ((model(batch, visible) - batch) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append(loss.item())
        if step % 50 == 49 or step + 1 == last:
            minutes = (time.monotonic() - started) / 60
            print(f"step {step + 1} loss {np.mean(losses[-50:]):.4f} minutes {minutes:.1f}", flush=True)
            kept = {"encoder": model.encoder.state_dict(), "args": vars(args), "step": step + 1}
            torch.save(kept, args.out)


if __name__ == "__main__":
    main()
