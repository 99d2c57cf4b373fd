"""Fine-tunes MiniLM with the actor marked (experiment: fine-tuned-encoder): the lower three layers are frozen and
their output cached, the upper three and the head of 16 issues x 4 classes are trained."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertModel

from positions.extraction.encoding import collate
from positions.training.labelled import CLASSES, UNKNOWN, Example


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyperparameters of the experiment; with four times its data, two epochs and half of the plain negatives do."""

    epochs: int = 2
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 2e-3
    frozen: int = 3
    warm_up: float = 0.06
    positive_weight: float = 2.0
    negatives: float = 0.5  # share of the real all-none examples seen in an epoch
    seed: int = 0
    threads: int = 1


class Net(nn.Module):
    """MiniLM, mean of all tokens and mean of the marked tokens, one linear head."""

    def __init__(self, base: Path, issues: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        for module in self.bert.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.dropout = nn.Dropout(0.1)
        self.issues = issues
        self.head = nn.Linear(2 * self.bert.config.hidden_size, issues * len(CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        bias = torch.zeros(issues, len(CLASSES))
        bias[:, 0] = 4.0
        self.head.bias.data = bias.view(-1)

    def lower(
        self, ids: torch.Tensor, attention: torch.Tensor, types: torch.Tensor, layers: int
    ) -> torch.Tensor:
        hidden = self.bert.embeddings(input_ids=ids, token_type_ids=types)
        return self._run(hidden, attention, self.bert.encoder.layer[:layers])

    def upper(
        self, hidden: torch.Tensor, attention: torch.Tensor, marks: torch.Tensor, layers: int
    ) -> torch.Tensor:
        hidden = self._run(hidden, attention, self.bert.encoder.layer[layers:])
        return self._head(hidden, attention, marks)

    def forward(
        self, ids: torch.Tensor, attention: torch.Tensor, types: torch.Tensor, marks: torch.Tensor
    ) -> torch.Tensor:
        hidden = self.lower(ids, attention, types, len(self.bert.encoder.layer))
        return torch.softmax(self._head(hidden, attention, marks), -1)

    def _run(self, hidden: torch.Tensor, attention: torch.Tensor, layers: nn.ModuleList) -> torch.Tensor:
        # Written out attention: on processors its backward pass is twice as fast as the fused one in bfloat16.
        mask = (1 - attention[:, None, None, :].to(hidden.dtype)) * -1e9
        for layer in layers:
            hidden = layer(hidden, mask)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        return hidden

    def _head(self, hidden: torch.Tensor, attention: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        weight, mark = attention.unsqueeze(-1).to(hidden.dtype), marks.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        own = (hidden * mark).sum(1) / mark.sum(1).clamp(min=1)
        return self.head(self.dropout(torch.cat([mean, own], 1))).view(-1, self.issues, len(CLASSES))


class Trainer:
    """Trains one net. The cache of the frozen half is shared by all folds: {input: hidden states}."""

    def __init__(self, base: Path, issues: int, settings: Settings, cache: dict | None = None) -> None:
        torch.set_num_threads(settings.threads)
        torch.manual_seed(settings.seed)
        self.random = random.Random(settings.seed)  # noqa: S311
        self.settings = settings
        self.net = Net(base, issues)
        self.cache = {} if cache is None else cache

    def fit(self, data: Sequence[Example], report: Callable[[str], None] = print) -> None:
        settings, net = self.settings, self.net
        self._warm(data)
        self._freeze()
        body = [p for p in net.bert.parameters() if p.requires_grad]
        groups = [
            {"params": body, "lr": settings.rate},
            {"params": net.head.parameters(), "lr": settings.head_rate},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        rates = [settings.rate, settings.head_rate]
        per_epoch = -(-len(self._sample(data)) // settings.batch)
        total, step, began = settings.epochs * per_epoch, 0, time.monotonic()
        for epoch in range(settings.epochs):
            net.train()
            loss_sum = 0.0
            sample = self._sample(data)
            for batch in self._batches(sample, settings.batch, shuffle=True):
                share = min(1.0, step / max(1.0, settings.warm_up * total)) * max(0.0, 1 - step / total)
                for group, rate in zip(optimiser.param_groups, rates, strict=True):
                    group["lr"] = rate * share
                loss = self._loss([sample[k] for k in batch])
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimiser.step()
                step += 1
                loss_sum += loss.item()
            report(
                f"epoch {epoch + 1}/{settings.epochs} loss {loss_sum / per_epoch:.3f} {time.monotonic() - began:.0f} s"
            )

    def predict(self, data: Sequence[Example]) -> np.ndarray:
        """Return probabilities (examples, issues, classes)."""
        self._warm(data)
        self.net.eval()
        out = np.zeros((len(data), self.net.issues, len(CLASSES)), np.float32)
        with torch.no_grad():
            for batch in self._batches(data, 64, shuffle=False):
                out[batch] = torch.softmax(self._logits([data[k] for k in batch]), -1).numpy()
        return out

    def _loss(self, batch: Sequence[Example]) -> torch.Tensor:
        target = torch.from_numpy(np.stack([e.target for e in batch])).view(-1)
        weight = torch.tensor([1.0] + [self.settings.positive_weight] * 3)
        logits = self._logits(batch).reshape(-1, len(CLASSES))
        each = nn.functional.cross_entropy(
            logits, target, weight=weight, ignore_index=UNKNOWN, reduction="none"
        )
        return each.view(len(batch), -1).sum(1).mean()

    def _logits(self, batch: Sequence[Example]) -> torch.Tensor:
        arrays = {k: torch.from_numpy(v) for k, v in collate([e.encoded for e in batch]).items()}
        hidden = torch.zeros(len(batch), arrays["ids"].shape[1], self.net.bert.config.hidden_size)
        for row, example in enumerate(batch):
            cached = self.cache[example.encoded]
            hidden[row, : cached.shape[0]] = cached.float()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.net.upper(hidden, arrays["attention"], arrays["marks"], self.settings.frozen)
        return logits.float()

    def _warm(self, data: Sequence[Example]) -> None:
        need = [e for e in {e.encoded: e for e in data}.values() if e.encoded not in self.cache]
        self.net.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batch in self._batches(need, 64, shuffle=False):
                arrays = {
                    k: torch.from_numpy(v) for k, v in collate([need[k].encoded for k in batch]).items()
                }
                hidden = self.net.lower(
                    arrays["ids"], arrays["attention"], arrays["types"], self.settings.frozen
                )
                for row, k in enumerate(batch):
                    self.cache[need[k].encoded] = hidden[row, : len(need[k].encoded.ids)].half().clone()

    def _freeze(self) -> None:
        for parameter in self.net.bert.embeddings.parameters():
            parameter.requires_grad = False
        for layer in self.net.bert.encoder.layer[: self.settings.frozen]:
            for parameter in layer.parameters():
                parameter.requires_grad = False

    def _sample(self, data: Sequence[Example]) -> list[Example]:
        keep = self.settings.negatives
        return [
            e for e in data if e.written or (e.target > 0).any() or keep >= 1 or self.random.random() < keep
        ]

    def _batches(self, data: Sequence[Example], size: int, *, shuffle: bool) -> Iterator[list[int]]:
        order = list(range(len(data)))
        if shuffle:
            self.random.shuffle(order)
            order.sort(key=lambda k: len(data[k].encoded.ids) + 12 * self.random.random())
        else:
            order.sort(key=lambda k: len(data[k].encoded.ids))
        batches = [order[k : k + size] for k in range(0, len(order), size)]
        if shuffle:
            self.random.shuffle(batches)
        yield from batches
