"""Times study 1's regressions beside scikit-learn's RidgeCV; scripts/bench-ridge.sh calls it.

    bench-ridge.py PROGRAM JSON [ROUNDS]
    bench-ridge.py --peer ITEMS VISION_WIDTHS LANGUAGE_WIDTHS FOLDS TIMES

The first prints a table and writes it to JSON: in each round AlignBench and the peer take turns, a process each. The
second is the peer: every pair in both directions as the published LinearPredictivity does them (rows standardised,
RidgeCV over 17 alphas, predictions, Pearson r), in FOLDS of five folds.
"""

import json
import os
import statistics
import subprocess
import sys
import time

LATENT = 64
VISION, LANGUAGE = "384,1536", "1024,2048,3200,4096"
CONDITIONS = 10
PEER_FOLDS = 1  # of the table's five, in one condition: all fifty cost the same


def peer(items, vision, language, count, times):
    import numpy as np
    import sklearn
    from sklearn.linear_model import RidgeCV
    from sklearn.model_selection import KFold

    random = np.random.default_rng(0)
    latent = random.standard_normal((items, LATENT))

    def features(width):
        view = random.standard_normal((LATENT, width)) / np.sqrt(LATENT)
        return latent @ view + random.standard_normal((items, width))

    def standardised(x):
        return (x - x.mean(0)) / x.std(0)

    def score(x, y, train, test):
        model = RidgeCV(alphas=np.logspace(-8, 8, 17)).fit(standardised(x[train]), y[train])
        p = model.predict(standardised(x[test]))
        p = p - p.mean(0)
        q = y[test] - y[test].mean(0)
        return ((p * q).sum(0) / np.sqrt((p * p).sum(0) * (q * q).sum(0))).mean()

    left, right = [[features(int(width)) for width in widths.split(",")] for widths in (vision, language)]
    folds = list(KFold(5, shuffle=True, random_state=42).split(latent))[:count]
    score(left[0][:100, :20], right[0][:100, :20], np.arange(80), np.arange(80, 100))  # what is imported late
    for _ in range(times):
        start, spent = time.perf_counter(), time.process_time()
        for x in left:
            for y in right:
                for train, test in folds:
                    score(x, y, train, test)
                    score(y, x, train, test)
        print(f"seconds {time.perf_counter() - start:.3f} processor {time.process_time() - spent:.3f}")
    print(f"version {sklearn.__version__}")


def lines(*command, **environment):
    """The words after each line's names, as numbers where they are some."""
    out = subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, text=True, env={**os.environ, **environment})
    rows = [line.split() for line in out.stdout.splitlines()]
    return [dict(zip(row[::2], row[1::2])) for row in rows]


def best(runs, name):
    values = [float(run[name]) for run in runs if name in run]
    return {"min": min(values), "median": statistics.median(values)}


def compare(name, ours, theirs, scale, load):
    row = {"work": name, "load": load, "peer_scale": scale}
    for key in ("seconds", "processor"):
        row[key] = best(ours, key)
        row["peer_" + key] = {what: value * scale for what, value in best(theirs, key).items()}
        row["ratio_" + key] = {what: row["peer_" + key][what] / row[key][what] for what in ("min", "median")}
    row["megabytes"] = best(ours, "megabytes")["min"]
    print(f"{name}: {row['seconds']['min']:.2f} s, scikit-learn {row['peer_seconds']['min']:.2f} s, "
          f"ratio {row['ratio_seconds']['min']:.1f} (medians {row['ratio_seconds']['median']:.1f}); processor seconds "
          f"{row['processor']['min']:.2f} and {row['peer_processor']['min']:.2f}, ratio "
          f"{row['ratio_processor']['min']:.1f}; {row['megabytes']:.0f} MB", flush=True)
    return row


def main(program, path, rounds):
    def run_peer(*arguments, **environment):
        return lines(sys.executable, __file__, "--peer", *arguments, **environment)

    def load():
        return os.getloadavg()[0]

    begin = load()
    pair, pair_peer, pair_tuned, products, table, table_peer = [], [], [], [], [], []
    for _ in range(rounds):
        products += lines(program, "products", 5)
        pair += lines(program, "ridge", 1000, 384, 1024, 1, 2)
        pair_peer += run_peer(1000, 384, 1024, 5, 2)
        pair_tuned += run_peer(1000, 384, 1024, 5, 2, OPENBLAS_CORETYPE="SKYLAKEX")
    version = [run["version"] for run in pair_peer if "version" in run][0]
    rate = max(float(run["gigaflops"]) for run in products)
    print(f"scikit-learn {version}; double-precision products {rate:.0f} GF on {os.cpu_count()} processors", flush=True)
    rows = [
        compare("one pair, both directions, 1,000 x 384 <-> 1,024", pair, pair_peer, 1, begin),
        compare("the same, the peer told of AVX-512 (OPENBLAS_CORETYPE)", pair, pair_tuned, 1, begin),
    ]
    middle = load()
    for _ in range(max(1, rounds // 3)):
        table_peer += run_peer(1000, VISION, LANGUAGE, PEER_FOLDS, 1)
        table += lines(program, "ridge", 1000, VISION, LANGUAGE, CONDITIONS, 1)
        table_peer += run_peer(1000, VISION, LANGUAGE, PEER_FOLDS, 1)
    rows.append(compare(
        "eight pairs, both directions, ten conditions", table, table_peer, CONDITIONS * 5 / PEER_FOLDS, middle))
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"scikit_learn": version, "gigaflops": rate, "rounds": rounds, "rows": rows}, file, indent=1)


if sys.argv[1] == "--peer":
    peer(int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6]))
else:
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 5)
