"""Shadow trials: a candidate answers the desk's goods unseen, beside the officers who decide.

Order of every case: enrolled with its first reading → the candidate's answer committed by hash → the officer decides
→ the truth → the answer is opened. Nothing of an answer is shown, logged or exported before the trial is unblinded.
"""
