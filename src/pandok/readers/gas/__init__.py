"""Gas sensors (e-nose): features of a recording, correction of drift, kinds of smell, and what is none of them."""
