"""Takes turns with AlignBench's neighbour search and Debian's FAISS; called by bench-neighbors.sh.

    bench-neighbors.py PROGRAM ROWS WIDTH ROUNDS

Two sets of ROWS normal numbers of WIDTH, ten neighbours of each row among the others by cosine. FAISS gets float32 rows of
unit length and finds eleven, the row itself among them. Prints, for each, the best seconds of the clock and of the
processor (all threads together), and the ratios to FAISS.
"""

import subprocess
import sys
import time

import faiss
import numpy

NEIGHBORS = 10


def faiss_once(sets):
    """Seconds of the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    for rows in sets:
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        index.search(rows, NEIGHBORS + 1)
    return time.perf_counter() - clock, time.process_time() - processor


def ours_once(program, rows, width):
    """{engine: seconds of the clock and of the processor}."""
    lines = subprocess.run([program, "neighbors", str(rows), str(width), "1"], check=True, capture_output=True, text=True)
    fields = [line.split() for line in lines.stdout.splitlines()]
    return {name: (float(clock), float(processor)) for name, clock, processor in fields}


def main():
    program, rows, width, rounds = sys.argv[1], *map(int, sys.argv[2:])
    random = numpy.random.default_rng(1)
    sets = [random.standard_normal((rows, width), dtype=numpy.float32) for _ in range(2)]
    for one in sets:
        faiss.normalize_L2(one)
    faiss_once([one[:1000] for one in sets])
    results = {}
    for _ in range(rounds):
        turn = {"faiss": faiss_once(sets), **ours_once(program, rows, width)}
        for name, seconds in turn.items():
            results.setdefault(name, []).append(seconds)
    best = {name: [min(column) for column in zip(*runs)] for name, runs in results.items()}
    clock, processor = best["faiss"]
    for name, (own_clock, own_processor) in best.items():
        print(f"{name:6} {rows} x {width}, two sets: {own_clock:8.3f} s ({own_processor:8.3f} s of the processor), "
              f"{clock / own_clock:5.2f} ({processor / own_processor:5.2f}) times FAISS {faiss.__version__}")


main()
