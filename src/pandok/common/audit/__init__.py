"""The audit trail as people use it: who saw what, search, proof of the chain, anchors outside the house."""
