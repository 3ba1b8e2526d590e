"""How much one document may hold: far more than a force sends, and little enough to read in seconds."""

from typing import Final

MOST_BYTES: Final = 30_000_000
"""The largest file or e-mail."""
MOST_ROWS: Final = 100_000
MOST_LINES: Final = 1_000_000
"""How many lines a CSV may have, blank ones too."""
MOST_CELLS: Final = 1_000_000
MOST_CHARACTERS: Final = 40_000_000
MOST_COLUMNS: Final = 256
MOST_FAULTS: Final = 200
"""How many faults are told one by one."""
MOST_PARTS: Final = 200
"""How many parts and attachments an e-mail may have, in all that is attached to it."""
DEEPEST: Final = 8
"""How deep e-mails may lie in e-mails."""
MOST_BOUNDARIES: Final = 40
MOST_COMPARED: Final = 40_000_000
"""How often its lines may be compared with what ends the parts of an e-mail."""
MOST_HEADER: Final = 4_000
"""The longest header of an e-mail that is read: on purpose-made ones its parser takes long."""
MOST_HEADERS: Final = 60_000
"""How long those that say what its parts are may be altogether."""
MOST_HTML: Final = 3_000_000
MOST_JSON: Final = 5_000_000
MOST_PAGES: Final = 300
MOST_ZIP_ENTRIES: Final = 2_000
MOST_INFLATED: Final = 60_000_000
"""What a spreadsheet or text document may hold once its zip is opened."""
MOST_RATIO: Final = 200
"""How many times larger than its zip it may be, once that matters."""
RATIO_MATTERS: Final = 5_000_000
APART_SECONDS: Final = 20
"""How long a library may read one PDF, spreadsheet or text document."""
APART_BYTES: Final = 1_500_000_000
"""How much memory it may use for that."""
