"""`python -m pandok.common.jobs [short|reading|long]`: a worker that the server starts beside itself."""

import sys

from pandok.common.jobs.process import main

main(sys.argv[1:])
