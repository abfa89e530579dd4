"""Images that have served their purpose: found by term, deleted by two persons, with a certificate."""
