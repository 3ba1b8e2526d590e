"""The words of pages that children read, in each language."""
