"""Fits the shipped weights from labelled texts. Needs torch (`pip install torch transformers onnx`); serving never does."""
