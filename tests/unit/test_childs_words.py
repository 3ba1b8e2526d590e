"""The words of pages for children: plain in English, and whole in every other language."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from web.words.languages import (
    DOMAIN,
    ENGLISH,
    LANGUAGES,
    LOCALE,
    TEMPLATES,
    Language,
    language_of,
    wanted_by,
)

PAGES = Path(LOCALE).parent / "templates"
OTHERS = [language for language in LANGUAGES if language is not ENGLISH]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
NAMES = {"interpreter", "Childline"}
"""Longer words that have to be."""


def messages() -> Iterator[str]:
    """Yield what stands in the templates to be translated."""
    for path in sorted(path for pattern in TEMPLATES for path in PAGES.glob(pattern)):
        with path.open("rb") as file:
            for _, message, _, _ in extract("jinja2.ext:babel_extract", file, options={"trimmed": "true"}):
                yield str(message)


def catalogue(language: Language) -> Catalog:
    with (LOCALE / language.code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language.locale)


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_each_message_is_translated_with_the_same_placeholders_and_none_is_left_over(
    language: Language,
) -> None:
    words = {str(each.id): str(each.string) for each in catalogue(language) if each.id}
    asked = set(messages())
    assert asked - {id_ for id_, said in words.items() if said} == set()
    assert words.keys() - asked == set()
    wrong = {
        id_
        for id_, said in words.items()
        if sorted(PLACEHOLDER.findall(id_)) != sorted(PLACEHOLDER.findall(said))
    }
    assert wrong == set()


def test_no_words_stand_in_a_template_for_children_outside_of_gettext() -> None:
    for pattern in TEMPLATES:
        for path in PAGES.glob(pattern):
            if path.name == "answer.html":  # for staff
                continue
            text = re.sub(
                r'<(section|p) class="app-(staff|back).*?</\1>', "", path.read_text(), flags=re.DOTALL
            )
            text = re.sub(
                r'{% trans.*?endtrans %}|{#.*?#}|{%.*?%}|{{.*?}}|aria-[^=]*="[^"]*"',
                "",
                text,
                flags=re.DOTALL,
            )
            assert re.findall(r">[^<>]*?[A-Za-z]{2}[^<>]*?<", text) == [], path.name


def test_what_children_read_is_short_sentences_of_short_words() -> None:
    sentences = [one for message in messages() for one in re.split(r"[.:?]\s", PLACEHOLDER.sub("", message))]
    assert [one for one in sentences if len(one.split()) > 18] == []
    words = {word for one in sentences for word in re.findall(r"\w+", one) if len(word) > 9}
    assert words - NAMES == set()


def test_days_are_said_in_the_language_and_in_london() -> None:
    midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert [one.weekday(midnight_in_london) for one in LANGUAGES] == [
        "Wednesday 1 July",
        "dydd Mercher 1 Gorffennaf",
        "الأربعاء 1 يوليو",
    ]
    assert [one.day(date(2026, 3, 30)) for one in LANGUAGES] == [
        "30 March 2026",
        "30 Mawrth 2026",
        "30 مارس 2026",
    ]


def test_languages_of_staff_are_named_as_the_child_names_them() -> None:
    assert [one.tongues(["polish", "Romani Cant"]) for one in LANGUAGES] == [
        "Polish, Romani Cant",
        "Pwyleg, Romani Cant",
        "البولندية، Romani Cant",
    ]


def test_a_language_that_is_not_known_gives_way_to_the_next_and_to_english() -> None:
    assert [language_of("xx", "cy").code, language_of(None, "").code] == ["cy", "en"]


def test_a_browser_that_asks_for_a_language_gets_it() -> None:
    asked = ["ar-EG,ar;q=0.9,en;q=0.8", "fr, cy;q=0.5", "*", None]
    assert [language_of("", *wanted_by(header)).code for header in asked] == ["ar", "cy", "en", "en"]


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_british_sign_language_is_named_in_each_language(language: Language) -> None:
    assert not re.search("British|Sign", language.tongues(["British Sign Language"]))
