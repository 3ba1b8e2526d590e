"""Names that are taken for one another, and are names of two children all the same.

Of each line, brothers and sisters may have any two. So a description with one and a description with another
are put before a person. The first of a line is the fullest.
"""

from typing import Final

AKIN: Final = (
    "sarah sara",
    "jonathan john jon",
    "john jack jon",
    "lewis louis louie luis",
    "leslie lesley",
    "gabriella gabrielle gabriela",
    "noah noa",
    "nasir nasser naseer nasr",
    "rashid rasheed",
    "amelia amy millie milly",
    "emily millie",
    "evelyn eve",
    "alexandra sandra ali",
    "alice ali",
    "alison ali",
    "william liam",
    "mary molly polly",
    "leroy lee",
    "judith jude",
)
