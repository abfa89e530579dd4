"""`python -m pandok.desk.jobs [short|reading|long]`: a worker that the server starts beside itself."""

import sys

from pandok.desk.jobs.process import main

main(sys.argv[1:])
