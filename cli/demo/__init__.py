"""The demonstration: Nottingham (E06000018) for a month, with invented children only.

It stands outside the product. `children.write_csv` writes an authority's child index, `month.month` what
four police forces told of some of these children in the 28 days before a moment, `life.after` what they tell
from then on; `feed.play` posts all of that to `POST /api/v1/notifications`, as a force would. Four others
write: they are those of `examples/forces`. `written` is what they send: lists, e-mails, a spreadsheet,
documents; `laying.lay_down` puts it into a folder, and beside it the list of children still missing of one
force (`still_missing`). When the month is told, an invented team (`staff`,
`team.work`) works on its interviews through the same API: `course` says when what happens, `telling` writes
the records out of the hand-written half sentences in `words/`. Nothing here writes a table. Everything random
comes from one seed: the same seed and moment give the same messages.

Rates, and where they come from:

- 86,900 missing incidents a year from care in England, 6.8 for each child who went missing (Department for
  Education, children looked after in England, 2025). Incidents fall on few children: here 170 on about 60 in
  a month, most of them in care. That is busier than 320 children would be, so that there is something to see.
- 87% of incidents resolved within 48 hours, 96% without reported harm, ethnicity unknown in 31% (UK Missing
  Persons Unit, missing persons data report 2016/17 and its successors, England and Wales).
- 63% of return home interviews done within 72 hours, in no authority all of them (Missing People, freedom of
  information requests, England 2023/24). Here about two in three of those that are held; one in seven is
  declined, and one in ten left lying on purpose, so that there is lateness to chase.
"""

AUTHORITY = "E06000018"
SEED = 18
NOTTINGHAMSHIRE = "urn:police:nottinghamshire"
DERBYSHIRE = "urn:police:derbyshire"
LEICESTERSHIRE = "urn:police:leicestershire"
LINCOLNSHIRE = "urn:police:lincolnshire"
FORCES = (NOTTINGHAMSHIRE, DERBYSHIRE, LEICESTERSHIRE, LINCOLNSHIRE)
"""Each of them needs a token with the scope `notify`."""
WESTMERE = "urn:police:westmere"
FENLAND_VALE = "urn:police:fenland-vale"
HARBOURSHIRE = "urn:police:harbourshire"
MOORLAND = "urn:police:moorland"
WRITING = (WESTMERE, FENLAND_VALE, HARBOURSHIRE, MOORLAND)
"""These post nothing: each writes in a format of its own, which `forces.toml` says how to read."""
FOLDER = "demo"
"""Where in the home lies what they send; what was taken in is in a folder of it."""
LISTS = "lists"
"""A folder of that: what lies there in the one with a force's name is its list of children still missing."""
TAKEN = "taken"
