"""Words inside foreign documents (PDF, XLSX), read in a process of its own under limits of memory and time."""
