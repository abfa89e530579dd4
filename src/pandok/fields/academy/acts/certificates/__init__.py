"""Certificates: forms of sealed pictures are drawn, and who passes one has it on paper."""
