"""The held-out task, fixed before training: find a simulated person's other week among many. See README.md."""

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


def evaluate(encoder: Encoder, persons: int = PERSONS, seed: int = HELD_OUT_SEED) -> dict:
    held_out, reference = pairs(persons, seed), pairs(persons, REFERENCE_SEED)[:, 0]

    def score(represent) -> np.ndarray:
        return reciprocal_ranks(represent(held_out.reshape(-1, WEEK)).reshape(persons, 2, -1), represent(reference))

    def embed(model: Encoder):
        return lambda weeks: model.embed(torch.from_numpy(np.stack([standardise(w) for w in weeks]))).double().numpy()

    def random_encoder(number: int) -> Encoder:
        torch.manual_seed(number)
        return Encoder()

    ranks = {
        "embedding": score(embed(encoder)),
        "random_weights": np.mean([score(embed(random_encoder(n))) for n in RANDOM_ENCODERS], axis=0),
        "summary_features": score(lambda weeks: np.stack([summary_features(w) for w in weeks])),
        "hour_profile": score(lambda weeks: np.stack([hour_profile(w) for w in weeks])),
    }
    top = {name: (values == 1).mean(0) for name, values in ranks.items() if name != "random_weights"}
    top["random_weights"] = np.mean([score(embed(random_encoder(n))) == 1 for n in RANDOM_ENCODERS], axis=(0, 1))
    mrr = {name: values.mean(0) for name, values in ranks.items()}
    ahead = {name: interval(mrr["embedding"] - mrr[name]) for name in ranks if name != "embedding"}
    return {
        "persons": persons,
        "seed": seed,
        "chance_top1": 1 / persons,
        "mrr": {name: interval(values) for name, values in mrr.items()},
        "top1": {name: interval(top[name]) for name in ranks},
        "mrr_embedding_minus": ahead,
        "beats_baselines": all(low > 0 for _, low, _ in ahead.values()),
    }
