"""After the end: the agreement is ended, the post is asked at the due days, and answers with a measurement."""
