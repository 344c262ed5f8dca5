#!/usr/bin/python3
"""office-days in SimPy: a process a citizen, a Resource an office, all offices in one environment.

Debian's interpreter is named because Debian's python3-simpy3 belongs to it.
"""
import math
import random
import sys
import time

import simpy

OFFICES, CLERKS, OPEN_MIN, ARRIVALS_A_DAY = 858, 3, 480.0, 130.0
HOUR_WEIGHTS = (0.8, 1.4, 1.5, 1.3, 1.0, 0.9, 0.7, 0.4)
HANDLING_MEAN_MIN, HANDLING_CV, PATIENCE_MEAN_MIN = 9.0, 0.8, 60.0
SIGMA = math.sqrt(math.log1p(HANDLING_CV**2))
MU = math.log(HANDLING_MEAN_MIN) - SIGMA**2 / 2


class Totals:
    visits = served = 0
    wait_min = queue_area_min = busy_min = 0.0


def next_arrival_min(now_min):
    left = random.expovariate(1.0)
    for hour in range(int(now_min // 60), 8):
        rate = ARRIVALS_A_DAY / OPEN_MIN * HOUR_WEIGHTS[hour]
        end_min = 60.0 * (hour + 1)
        if now_min + left / rate < end_min:
            return now_min + left / rate
        left -= (end_min - now_min) * rate
        now_min = end_min
    return math.inf


def citizen(env, office, totals):
    arrival_min = env.now
    totals.visits += 1
    with office.request() as turn:
        patience = env.timeout(random.expovariate(1 / PATIENCE_MEAN_MIN))
        yield turn | patience
        wait_min = env.now - arrival_min
        totals.queue_area_min += wait_min
        if not turn.triggered:
            return
        totals.served += 1
        totals.wait_min += wait_min
        handling_min = random.lognormvariate(MU, SIGMA)
        totals.busy_min += handling_min
        yield env.timeout(handling_min)


def door(env, totals):
    office = simpy.Resource(env, capacity=CLERKS)
    while True:
        at_min = next_arrival_min(env.now)
        if at_min >= OPEN_MIN:
            return
        yield env.timeout(at_min - env.now)
        env.process(citizen(env, office, totals))


def main():
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    random.seed(1395)
    totals = Totals()
    start_s = time.process_time()
    for _ in range(days):
        env = simpy.Environment()
        for _ in range(OFFICES):
            env.process(door(env, totals))
        env.run()
    seconds = time.process_time() - start_s
    open_min = OPEN_MIN * OFFICES * days
    print(
        f"figures engine=simpy days={days} visits={totals.visits} wait_min={totals.wait_min / totals.served:.4f} "
        f"abandonment={1 - totals.served / totals.visits:.5f} queue_length={totals.queue_area_min / open_min:.4f} "
        f"utilization={totals.busy_min / (open_min * CLERKS):.4f} seconds={seconds:.4f}"
    )


main()
