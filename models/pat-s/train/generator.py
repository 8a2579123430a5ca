"""Seeded generator of rest-activity weeks, one value a minute, NaN where nothing was recorded.

A *person* is a draw of habits (chronotype, sleep need, work, walks, sport, naps, fragmentation, device and the
hours it is off the body). A *week* is one realisation of a person's habits: every day draws its own times, bouts
and exceptions, and some weeks are holidays, illness or another shift. README.md lists the distributions.
"""

from dataclasses import dataclass

import numpy as np

DAY = 1440
WEEK = 7 * DAY
PAD = DAY  # a day before and after, so that nights cross the borders of the week


@dataclass
class Person:
    mid_sleep: float  # h, on free days
    need: float  # h of sleep
    irregularity: float  # h, SD of bed and wake times
    schedule: str  # day, early, night, rotating, none
    work_start: float  # h
    work_hours: float
    work_days: np.ndarray  # bool[7]
    on_feet: float  # chance of moving at work, relative to leisure
    commute: int  # minutes walked each way
    lunch_walk: int  # minutes; 0 = none
    dog: np.ndarray  # hours of regular walks, may be empty
    sport: str  # none, run, gym, swim
    sport_hour: float
    sport_days: np.ndarray  # bool[7]
    sport_minutes: float
    nap_chance: float
    nap_hour: float
    wakings: float  # a night
    level: float  # of incidental movement
    fragmentation: float  # 0 long bouts .. 1 single minutes
    harmonics: np.ndarray  # person's own shape of the waking day
    cadence: float
    device: str  # watch, phone, counts
    charging: str  # night, evening, morning, rare
    forgets: float  # chance of a day without the device
    shower_hour: float


def draw_person(rng: np.random.Generator, device: str | None = None) -> Person:
    schedule = rng.choice(["day", "early", "night", "rotating", "none"], p=[0.55, 0.1, 0.05, 0.08, 0.22])
    start = {"day": rng.normal(8.7, 0.8), "early": rng.normal(6.0, 0.4), "night": rng.normal(21.8, 0.5)}
    free_days = rng.choice([2, 2, 2, 3, 1])
    first_free = 5 if rng.random() < 0.8 else rng.integers(7)
    work_days = np.ones(7, bool)
    work_days[(first_free + np.arange(free_days)) % 7] = False
    dog = np.sort(rng.normal([7.0, 13.0, 20.5], 0.8))[: rng.integers(1, 4)] if rng.random() < 0.22 else np.empty(0)
    return Person(
        mid_sleep=rng.normal(4.2, 1.2),
        need=np.clip(rng.normal(7.5, 0.8), 5, 10),
        irregularity=rng.gamma(4, 0.15),
        schedule=str(schedule),
        work_start=start.get(str(schedule), rng.normal(8.7, 0.8)),
        work_hours=np.clip(rng.normal(8.2, 1.0), 4, 12),
        work_days=work_days,
        on_feet=rng.choice([0.35, 0.7, 1.6], p=[0.55, 0.25, 0.2]) * rng.lognormal(0, 0.2),
        commute=int(rng.gamma(2, 6)) if rng.random() < 0.75 else 0,
        lunch_walk=int(rng.integers(8, 30)) if rng.random() < 0.4 else 0,
        dog=dog,
        sport=str(rng.choice(["none", "run", "gym", "swim"], p=[0.45, 0.25, 0.22, 0.08])),
        sport_hour=rng.choice([6.8, 12.3, 18.5], p=[0.25, 0.15, 0.6]) + rng.normal(0, 0.6),
        sport_days=rng.random(7) < rng.uniform(0.2, 0.7),
        sport_minutes=np.clip(rng.normal(45, 15), 15, 100),
        nap_chance=rng.choice([0.03, 0.25, 0.6], p=[0.7, 0.2, 0.1]),
        nap_hour=rng.normal(14.3, 0.9),
        wakings=rng.gamma(2, 0.6),
        level=rng.lognormal(0, 0.35),
        fragmentation=rng.beta(2, 2),
        harmonics=rng.normal(0, [0.25, 0.25, 0.2, 0.2]),
        cadence=rng.normal(104, 9),
        device=device or str(rng.choice(["watch", "phone", "counts"], p=[0.5, 0.2, 0.3])),
        charging=str(rng.choice(["night", "evening", "morning", "rare"], p=[0.4, 0.2, 0.2, 0.2])),
        forgets=rng.beta(1, 25),
        shower_hour=rng.choice([7.2, 21.5]) + rng.normal(0, 0.5),
    )


class _Canvas:
    """Minute arrays of nine days; times are hours from midnight of the week's first day."""

    def __init__(self) -> None:
        n = WEEK + 2 * PAD
        self.moving = np.zeros(n)  # chance of moving in a minute
        self.asleep = np.zeros(n, bool)
        self.walk = np.zeros(n)  # sustained steps a minute
        self.off = np.zeros(n, bool)  # device off the body
        self.home = np.ones(n, bool)

    @staticmethod
    def span(start_hour: float, minutes: float) -> slice:
        first = int(round(start_hour * 60)) + PAD
        return slice(max(first, 0), max(first + int(round(minutes)), 0))


def _shift_of(person: Person, rng: np.random.Generator) -> tuple[str, float]:
    if person.schedule != "rotating":
        return person.schedule, person.work_start
    kind = str(rng.choice(["early", "late", "night"]))
    return kind, {"early": 6.0, "late": 14.0, "night": 22.0}[kind] + rng.normal(0, 0.1)


def _sleep_of_day(person: Person, works: bool, works_before: bool, start: float, rng: np.random.Generator):
    """Bed time and wake time (h from this day's midnight) of the main sleep that ends on this day."""
    jitter = rng.normal(0, person.irregularity, 2)
    if works_before and start > 19:  # came home from a night shift: sleeps by day
        bed = start + person.work_hours - 24 + 1.2 + jitter[0] * 0.5
        return bed, bed + person.need * 0.85 + jitter[1] * 0.6
    bed = person.mid_sleep - person.need / 2 + jitter[0]
    wake = bed + person.need + jitter[1] * 0.7
    if works and 3 < start < 12:  # an alarm clock, and half an earlier bed time
        alarm = start - 0.8 - person.commute / 60 + rng.normal(0, 0.12)
        if wake > alarm:
            bed -= 0.5 * (wake - alarm)
            wake = alarm
    return bed, max(wake, bed + 2.5)


def _paint_day(canvas: _Canvas, person: Person, day: int, plan: dict, rng: np.random.Generator) -> None:
    weekday, works, start = plan["weekday"], plan["works"], plan["start"]
    base = day * 24
    if works:
        begin = base + start + rng.normal(0, 0.15)
        minutes = person.work_hours * 60 + rng.normal(0, 20)
        at_work = canvas.span(begin, minutes)
        canvas.moving[at_work] *= person.on_feet
        canvas.home[at_work] = False
        for edge in (begin - person.commute / 60, begin + minutes / 60):
            canvas.walk[canvas.span(edge, person.commute * rng.uniform(0.8, 1.3))] = person.cadence
        if person.lunch_walk and rng.random() < 0.75:
            canvas.walk[canvas.span(begin + minutes / 120 + rng.normal(0, 0.2), person.lunch_walk)] = person.cadence
    for hour in person.dog:
        if rng.random() < 0.9:
            canvas.walk[canvas.span(base + hour + rng.normal(0, 0.3), rng.uniform(12, 35))] = person.cadence * 0.85
    if rng.random() < (0.25 if works else 0.5):  # an errand or an outing
        out = canvas.span(base + rng.uniform(10, 19.5), rng.uniform(10, 120))
        canvas.moving[out] = np.maximum(canvas.moving[out], 0.6)
        canvas.home[out] = False
    if person.sport != "none" and person.sport_days[weekday] and rng.random() < 0.8:
        begin = base + person.sport_hour + rng.normal(0, 0.35)
        session = canvas.span(begin, person.sport_minutes * rng.uniform(0.7, 1.3))
        canvas.home[session] = False
        if person.sport == "run":
            canvas.walk[session] = rng.normal(162, 6)
        elif person.sport == "gym":
            canvas.moving[session] = 0.75
        else:
            canvas.off[session] = True
    if rng.random() < person.nap_chance:
        nap = canvas.span(base + person.nap_hour + rng.normal(0, 0.5), rng.gamma(4, 12))
        canvas.asleep[nap] = True


def _paint_off_body(canvas: _Canvas, person: Person, day: int, sleep: tuple, rng: np.random.Generator) -> None:
    base, (bed, wake) = day * 24, sleep
    canvas.off[canvas.span(base + person.shower_hour + rng.normal(0, 0.3), rng.uniform(8, 25))] = True
    if person.charging == "night" and rng.random() < 0.93:
        off = base + bed - rng.uniform(0, 0.6)
        canvas.off[canvas.span(off, (base + wake - off) * 60 + rng.uniform(0, 30))] = True
    elif person.charging in ("evening", "morning") and rng.random() < 0.8:
        hour = 20.5 if person.charging == "evening" else 7.5
        canvas.off[canvas.span(base + hour + rng.normal(0, 0.6), rng.uniform(30, 100))] = True
    elif person.charging == "rare" and rng.random() < 0.3:
        canvas.off[canvas.span(base + rng.uniform(0, 24), rng.uniform(40, 150))] = True
    if rng.random() < person.forgets:
        canvas.off[canvas.span(base, rng.uniform(8, 24) * 60)] = True


def _smooth(noise: np.ndarray, width: int) -> np.ndarray:
    total = np.cumsum(np.concatenate([np.zeros(1), noise]))
    out = (total[width:] - total[:-width]) / np.sqrt(width)
    return np.pad(out, (width // 2, noise.size - out.size - width // 2), mode="edge")


def _movement(canvas: _Canvas, person: Person, rng: np.random.Generator) -> np.ndarray:
    """Minute values: correlated bouts where the chance of moving allows them, then walks on top."""
    n = canvas.moving.size
    quick, slow = rng.standard_normal(n), _smooth(rng.standard_normal(n), 25)
    mid = _smooth(rng.standard_normal(n), 5)
    f = person.fragmentation
    urge = np.sqrt(0.1 + 0.5 * f) * quick + np.sqrt(0.3) * mid + np.sqrt(0.6 - 0.5 * f) * slow
    chance = np.clip(canvas.moving, 1e-4, 0.97)
    active = urge < np.log(chance / (1 - chance)) / 1.702
    size = rng.lognormal(2.6 + 0.35 * np.log(person.level), 0.85, n) * (0.4 + 0.6 * np.clip(canvas.moving, 0, 1) * 2)
    values = np.where(active, np.clip(size, 1, 130), 0)
    walking = canvas.walk > 0
    pace = canvas.walk * rng.lognormal(0, 0.07, n) * (rng.random(n) > 0.06)
    return np.where(walking & ~canvas.asleep, pace, values)


def _record(values: np.ndarray, canvas: _Canvas, person: Person, rng: np.random.Generator) -> np.ndarray:
    """What the device stores: whole steps (watch), steps while carried (phone) or counts, NaN off the body."""
    if person.device == "phone":
        left = _smooth(rng.standard_normal(values.size), 40) > 0.1
        return np.round(np.where(canvas.home & left & (canvas.walk == 0), 0, values))
    if person.device == "counts":
        still = np.where(canvas.asleep, 0.07, 0.45)
        fidget = (rng.random(values.size) < still) * rng.lognormal(3.2, 1.1, values.size)
        counts = np.round(values * rng.normal(35, 3) * rng.lognormal(0, 0.3, values.size) + fidget)
        return np.where(canvas.off & (rng.random() < 0.5), np.nan, np.where(canvas.off, 0, counts))
    return np.where(canvas.off, np.nan, np.round(values))


def draw_week(person: Person, rng: np.random.Generator) -> np.ndarray:
    """float32[10080] from midnight of a random weekday; steps or counts a minute, NaN = not recorded."""
    kind = str(rng.choice(["usual", "holiday", "ill"], p=[0.88, 0.08, 0.04]))
    shift, start = _shift_of(person, rng)
    first_weekday = int(rng.integers(7))
    canvas = _Canvas()
    hours = (np.arange(canvas.moving.size) - PAD) / 60 % 24
    angle = 2 * np.pi * hours / 24
    a, b, c, d = person.harmonics
    shape = 1 + a * np.cos(angle) + b * np.sin(angle) + c * np.cos(2 * angle) + d * np.sin(2 * angle)
    canvas.moving[:] = np.clip(0.3 * shape, 0.05, 0.8) * person.level ** 0.5 * rng.lognormal(0, 0.12)
    if kind == "ill":
        canvas.moving *= 0.4
    can_work = shift != "none" and kind == "usual"
    works = [
        can_work and bool(person.work_days[(first_weekday + day) % 7]) and rng.random() > 0.04 for day in range(-2, 8)
    ]
    for day in range(-1, 8):
        plan = {"weekday": (first_weekday + day) % 7, "works": works[day + 2], "start": start}
        _paint_day(canvas, person, day, plan, rng)
        bed, wake = _sleep_of_day(person, works[day + 2], works[day + 1], start, rng)
        if kind == "holiday":
            bed, wake = bed + 0.5, wake + 0.7
        canvas.asleep[canvas.span(day * 24 + bed, (wake - bed) * 60)] = True
        _paint_off_body(canvas, person, day, (bed, wake), rng)
    canvas.moving[canvas.asleep] = 0.004
    wakings = rng.random(canvas.moving.size) < person.wakings / (person.need * 60)
    canvas.moving[np.flatnonzero(wakings & canvas.asleep)[:, None] + np.arange(4) - 2] = 0.5
    values = _record(_movement(canvas, person, rng), canvas, person, rng)
    return values[PAD : PAD + WEEK].astype(np.float32)


def standardise(week: np.ndarray) -> np.ndarray:
    """Within-person z-score over the recorded minutes (population SD), 0 elsewhere: as `libs/pat-model` does."""
    seen = week[~np.isnan(week)].astype(np.float64)
    sd = seen.std() if seen.size else 0.0
    if sd == 0:
        return np.zeros(WEEK, np.float32)
    return np.nan_to_num((week - seen.mean()) / sd).astype(np.float32)
