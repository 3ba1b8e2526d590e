"""Where guidance comes from, as it is named on the page."""

from typing import Final

GUIDANCE: Final = "Statutory guidance on children who run away or go missing from home or care (2014)"
INSPECTION_13: Final = "Inspection of Nottingham City (2022), paragraph 13"
INSPECTION_20: Final = "Inspection of Nottingham City (2022), paragraph 20"
INSPECTION_21: Final = "Inspection of Nottingham City (2022), paragraph 21"
INSPECTION_22: Final = "Inspection of Nottingham City (2022), paragraph 22"
INSPECTION_32: Final = "Inspection of Nottingham City (2022), paragraph 32"
PRACTICE: Final = "Good practice, not a rule"
