"""Background work on the database: jobs with a lease, handlers by kind, work that returns every so many seconds.

Promise: a job that was asked for in a committed transaction is run; the same key is one job; a handler that runs in
the job's transaction has its effect once. A worker may be killed at any moment: what it held is taken up by the next.
"""
