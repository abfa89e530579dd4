"""What every trial needs, whether officers see the candidate's answer or not: the candidate, its sealed answers, the
truth of the goods, and the one way to move a trial."""
