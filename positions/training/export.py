"""Writes a trained net as int8 ONNX (dynamic quantisation: nothing lost when cuts are set on its output)."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from positions.extraction.classify import Encoder
from positions.training.encoder import Net

INPUTS = ("ids", "attention", "types", "marks")


def export(net: Net, path: Path) -> str:
    """Write the net to `path` and return the file's SHA-256."""
    net.eval()
    sample = tuple(torch.ones(2, 12, dtype=torch.int64) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            net, sample, str(full), input_names=list(INPUTS), output_names=["p"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            str(full), str(path), weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_encoder(path: Path, tokenizer: Tokenizer, issues: int) -> Encoder:
    """Open an exported file for scoring, without its metadata."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return Encoder(path.stem, session, tokenizer, issues)


def check(net: Net, encoder: Encoder, arrays: dict[str, np.ndarray]) -> float:
    """Return the largest difference between the net and the exported file on a batch."""
    with torch.no_grad():
        full = net(*(torch.from_numpy(arrays[name]) for name in INPUTS)).numpy()
    return float(np.abs(full - encoder.session.run(None, arrays)[0]).max())
