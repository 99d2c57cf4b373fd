"""Fits the shipped weights from labelled texts. Needs torch, transformers, onnx, scikit-learn; serving does not."""
