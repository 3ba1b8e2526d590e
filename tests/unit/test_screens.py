"""The pictures in `docs/screens` are those that `make screens` takes, and no more than a page can carry."""

from tests.browser.screens import BY_PERSONA, FOR_ANYBODY, PLACE, SIZES, listed

MOST_BYTES = 3_000_000


def test_every_picture_is_there_and_listed_and_no_other() -> None:
    screens = [*FOR_ANYBODY, *(one for of_persona in BY_PERSONA.values() for one in of_persona)]
    assert {path.name for path in PLACE.iterdir()} == {
        "README.md",
        *(f"{screen.name}-{size}.png" for screen in screens for size in SIZES),
    }
    assert (PLACE / "README.md").read_text(encoding="utf-8") == listed()


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in PLACE.iterdir()) < MOST_BYTES
