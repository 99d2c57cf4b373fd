"""Fits the shipped weights from labelled texts. Needs torch, transformers, onnx and scikit-learn; serving never does."""
