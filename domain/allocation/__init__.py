"""Who may hold an interview, who of them is best placed, and how many interviews go to few people in time.

`eligibility` says who may not and why, `working` when somebody has time, `ranking` who of the others is best
placed, `batch` who gets which of many interviews. Source: statutory guidance on children who run away or go
missing (2014): by somebody independent and trained, who is not involved in the child's care.
"""
