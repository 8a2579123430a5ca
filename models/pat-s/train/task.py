"""The held-out task, fixed before training: find a simulated person's other week among many. See README.md."""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from encoder import Encoder
from generator import WEEK, draw_person, draw_week, standardise

PERSONS, HELD_OUT_SEED, REFERENCE_SEED, BOOTSTRAP_SEED, DRAWS = 500, 990_001, 990_002, 990_003, 5000
RANDOM_ENCODERS = (1, 2, 3)


def pairs(persons: int, seed: int) -> np.ndarray:
    """[persons, 2, 10080]: two weeks of each of `persons` watch wearers."""
    rng = np.random.default_rng(seed)
    people = [draw_person(rng, "watch") for _ in range(persons)]
    return np.stack([[draw_week(person, rng) for _ in range(2)] for person in people])


def summary_features(week: np.ndarray) -> np.ndarray:
    """IS, IV, RA, L5, M10, their onsets on the circle and the mean, of the recorded minutes."""
    hourly = np.nanmean(week.reshape(168, 60), axis=1)
    mean = np.nanmean(hourly)
    hourly = np.nan_to_num(hourly, nan=mean)
    spread = ((hourly - mean) ** 2).sum() + 1e-9
    profile = hourly.reshape(7, 24).mean(0)
    stability = 168 * ((profile - mean) ** 2).sum() / (24 * spread)
    variability = 168 * (np.diff(hourly) ** 2).sum() / (167 * spread)
    minutes = np.nan_to_num(np.nanmean(week.reshape(7, 1440), axis=0), nan=mean)

    def windows(length: int) -> np.ndarray:
        total = np.cumsum(np.concatenate([[0], minutes, minutes]))
        return (total[length : length + 1440] - total[:1440]) / length

    l5, m10 = windows(300), windows(600)
    onsets = 2 * np.pi * np.array([l5.argmin(), m10.argmax()]) / 1440
    amplitude = (m10.max() - l5.min()) / (m10.max() + l5.min() + 1e-9)
    levels = np.log1p([l5.min(), m10.max(), mean])
    return np.concatenate([[stability, variability, amplitude], levels, np.sin(onsets), np.cos(onsets)])


def hour_profile(week: np.ndarray) -> np.ndarray:
    """24 clock-hour means of the standardised week."""
    return standardise(week).reshape(7, 24, 60).mean((0, 2))


def reciprocal_ranks(held_out: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Per person: mean over both directions of 1 / rank of the true match, Euclidean on z-scored dimensions."""
    z = (held_out - reference.mean(0)) / (reference.std(0) + 1e-9)
    distance = np.linalg.norm(z[:, None, 0] - z[None, :, 1], axis=-1)
    own = distance.diagonal()
    forth = 1 + (distance < own[:, None]).sum(1)
    back = 1 + (distance < own[None, :]).sum(0)
    return np.stack([1 / forth, 1 / back])


def interval(values: np.ndarray) -> list[float]:
    """Mean and the 95 % percentile bootstrap interval over persons."""
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    draws = values[rng.integers(0, len(values), (DRAWS, len(values)))].mean(1)
    return [round(float(v), 4) for v in (values.mean(), *np.percentile(draws, [2.5, 97.5]))]


class Task:
    """The held-out weeks and, to scale by, the reference weeks."""

    def __init__(self, persons: int = PERSONS) -> None:
        self.persons = persons
        self.held_out = pairs(persons, HELD_OUT_SEED).reshape(-1, WEEK)
        self.reference = pairs(persons, REFERENCE_SEED)[:, 0]

    def ranks(self, represent) -> np.ndarray:
        return reciprocal_ranks(represent(self.held_out).reshape(self.persons, 2, -1), represent(self.reference))

    def embedding_ranks(self, encoder: Encoder) -> np.ndarray:
        def represent(weeks: np.ndarray) -> np.ndarray:
            return encoder.embed(torch.from_numpy(np.stack([standardise(w) for w in weeks]))).double().numpy()

        return self.ranks(represent)

    def baseline_ranks(self) -> dict[str, np.ndarray]:
        """[2, persons] each; random weights [initialisations, 2, persons]."""
        untrained = []
        for number in RANDOM_ENCODERS:
            torch.manual_seed(number)
            untrained.append(self.embedding_ranks(Encoder()))
        return {
            "random_weights": np.stack(untrained),
            "summary_features": self.ranks(lambda weeks: np.stack([summary_features(w) for w in weeks])),
            "hour_profile": self.ranks(lambda weeks: np.stack([hour_profile(w) for w in weeks])),
        }


def report(embedding: np.ndarray, baselines: dict[str, np.ndarray]) -> dict:
    ranks = {"embedding": embedding, **baselines}
    over = {name: tuple(range(values.ndim - 1)) for name, values in ranks.items()}
    mrr = {name: values.mean(over[name]) for name, values in ranks.items()}
    top = {name: (values == 1).mean(over[name]) for name, values in ranks.items()}
    ahead = {name: interval(mrr["embedding"] - mrr[name]) for name in baselines}
    return {
        "persons": embedding.shape[-1],
        "seeds": {"held_out": HELD_OUT_SEED, "reference": REFERENCE_SEED, "bootstrap": BOOTSTRAP_SEED},
        "mrr": {name: interval(values) for name, values in mrr.items()},
        "top1": {name: interval(values) for name, values in top.items()},
        "mrr_embedding_minus": ahead,
        "beats_baselines": all(low > 0 for _, low, _ in ahead.values()),
    }


def main() -> None:
    """`task.py WEIGHTS.pt RESULTS.json`; the baselines, which no training changes, are kept beside the results."""
    weights, results = Path(sys.argv[1]), Path(sys.argv[2])
    kept = results.with_suffix(".baselines.npz")
    task = Task()
    if not kept.exists():
        np.savez(kept, **task.baseline_ranks())
    if weights.exists():
        encoder = Encoder()
        encoder.load_state_dict(torch.load(weights)["encoder"])
        scores = report(task.embedding_ranks(encoder), dict(np.load(kept)))
        results.write_text(json.dumps(scores, indent=2) + "\n")


if __name__ == "__main__":
    main()
