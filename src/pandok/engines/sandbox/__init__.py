"""A place to run a foreign ONNX model: one process that sees no file, no network, no other process and no label."""
