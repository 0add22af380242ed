"""PyTorch's side of scripts/bench.sh, eager mode: prints NAME RATE lines, training steps per second of the clock and per
second of processor time."""

import time

import torch
from torch import nn
from torch.nn import functional

ITEMS, BATCH, WIDTH = 9600, 256, 256


def adapter(kind, inputs):
    if kind == "linear":
        return nn.Linear(inputs, WIDTH)
    return nn.Sequential(nn.Linear(inputs, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WIDTH))


def rate(kind, warm_up, steps):
    torch.manual_seed(1)
    image, text = torch.randn(ITEMS, 512), torch.randn(ITEMS, 768)
    towers = nn.ModuleList([adapter(kind, 512), adapter(kind, 768)])
    optimizer = torch.optim.AdamW(towers.parameters(), lr=1e-4, weight_decay=0.001)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / 74))
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    classes = torch.arange(BATCH)
    order = torch.randperm(ITEMS)

    def run(steps):
        start, spent = time.perf_counter(), time.process_time()
        for step in range(steps):
            first = step % (ITEMS // BATCH) * BATCH
            rows = order[first:first + BATCH]
            f = functional.normalize(towers[0](image[rows]))
            g = functional.normalize(towers[1](text[rows]))
            logits = f @ g.T / 0.02
            loss = (loss_of(logits, classes) + loss_of(logits.T, classes)) / 2
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(towers.parameters(), 0.5)
            optimizer.step()
            schedule.step()
            loss.item()
        return steps / (time.perf_counter() - start), steps / (time.process_time() - spent)

    run(warm_up)
    return run(steps)


for name in ("linear", "mlp"):
    clock, processor = rate(name, 50, 150)
    print(f"torch-adapters-{name} {clock:.1f}")
    print(f"torch-adapters-{name}-processor {processor:.1f}")
