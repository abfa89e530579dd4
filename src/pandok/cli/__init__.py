"""`pandok <noun> <verb>`."""
