"""MOJ Frontend is vendored as GOV.UK Frontend is: what is used, and nothing that is the Crown's alone."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOJ = ROOT / "web/static/moj"


def test_it_is_the_version_that_its_script_fetches() -> None:
    fetch = (ROOT / "deploy/assets/fetch").read_text()
    version = re.search(r"^moj_version=(.+)$", fetch, flags=re.MULTILINE)
    parts = re.search(r"^moj_parts='(.+)'$", fetch, flags=re.MULTILINE)
    assert version
    assert parts
    styles = (MOJ / "moj-frontend.min.css").read_text()
    assert styles.startswith(f"/* MOJ Frontend {version[1]}: {parts[1]} */")


def test_it_brings_neither_typeface_nor_crown_nor_images() -> None:
    styles = (MOJ / "moj-frontend.min.css").read_text()
    assert re.findall(r"@font-face|GDS Transport|url\(|crown|crest", styles) == []
    assert {path.name for path in MOJ.iterdir()} == {
        "LICENSE.txt",
        "moj-frontend.min.css",
        "sortable-table.js",
    }


def test_what_is_served_of_it_is_small() -> None:
    assert (MOJ / "moj-frontend.min.css").stat().st_size < 15_000
