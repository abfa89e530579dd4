"""Many cases through one model, each in a call of its own inside a sandbox: here, or spread by Ray. Same results."""
