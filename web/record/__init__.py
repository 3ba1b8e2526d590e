"""The interview record as a form: what is asked, and the way between the record and what was typed."""
