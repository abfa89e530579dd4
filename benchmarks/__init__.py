"""One question per file; each writes its numbers, with machine and commit, to `results/`."""

import pandok  # noqa: F401  before numpy: it sets the threads of OpenBLAS as they are in the product
