"""What both sides of the sandbox's pipe speak: frames, tensors as bytes, what a model declares of its inputs."""
