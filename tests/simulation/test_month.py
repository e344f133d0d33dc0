"""A month of four campaigns: nothing unlawful, over a cap, unwanted, twice, or forgotten.

The suite lives the same few seeds each time; `make month` draws a new one, with 2,000 people, and
prints it. SIMULATION_SEED tells the story of one seed again (the real clock ticks along, so not
to the millisecond). SIMULATION_SIZE, _KILLS and _PACE make the world larger.
"""

import os
import time
from collections.abc import Callable

import pytest

from tests.simulation.oracle import Judge
from tests.simulation.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
SEED = int(os.environ.get("SIMULATION_SEED") or 80)
WORLDS = int(os.environ.get("SIMULATION_WORLDS") or 3)
SIZE = int(os.environ.get("SIMULATION_SIZE") or 50)
KILLS = int(os.environ.get("SIMULATION_KILLS") or 2)
PACE = float(os.environ.get("SIMULATION_PACE") or 6)


@pytest.mark.parametrize("number", range(WORLDS))
def test_a_month_breaks_no_promise(number: int, make_world: Callable[..., World]) -> None:
    seed = SEED + number
    world = make_world(seed, size=SIZE, kills=KILLS, pace=PACE)
    print(f"\nSIMULATION_SEED={seed}: {SIZE} people from {world.clock.now():%d %b %Y}", flush=True)
    begun = time.monotonic()
    world.settle()
    world.run()
    lived = time.monotonic()
    faults = Judge(world.log, world.residents, world.by_contact).judge()
    judged = time.monotonic()
    print(dict(world.enrolled), dict(sorted(world.log.counts.items())))
    print(f"{world.told()} in {lived - begun:.0f} s, judged in {judged - lived:.0f} s", flush=True)
    assert not faults, "\n".join([f"seed {seed}: {len(faults)} faults", *faults[:20]])
    assert world.enrolled["taken in"] + len(world.log.left_out) == world.enrolled["asked"]
    assert len(world.log.arrivals) > SIZE // 2, "hardly anything happened in this month"
