"""Papers of a case, and paper that is printed for one."""
