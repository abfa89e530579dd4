"""`python -m pandok.desk.jobs`: the worker that the server starts beside itself."""

from pandok.desk.jobs.process import main

main()
