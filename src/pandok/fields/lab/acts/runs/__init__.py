"""Runs of submitted models on sealed data: a queue on the database, workers with leases, every step kept.

Promise: a run that was asked for is carried to an end; a worker may be killed at any moment and the next one goes on
from the last stored batch; what a worker brings whose lease is lost is dropped; nothing is scored twice.
"""
