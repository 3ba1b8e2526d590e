"""Pictures as markup: what they say, that they fit, and that nothing in them is told by colour alone."""

from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from web.charts import (
    HOURS,
    Along,
    Axis,
    Column,
    Fill,
    Part,
    Range,
    Row,
    Words,
    columns,
    legend,
    ranges,
    stacked,
    ticks,
)

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words(
    "shares", "Share held in time, by week", "In the last 4 weeks 3 of 4 interviews were held in time."
)
PERCENT = Axis("Share held in time", (0, 25, 50, 75, 100), "%")
WEEKS = [
    Column("2 Mar", 75, "75", "Week beginning 2 March 2026: 3 of 4, 75%"),
    Column("9 Mar", None, "", "Week beginning 9 March 2026: none due"),
    Column("16 Mar", 0, "0", "Week beginning 16 March 2026: 0 of 2, 0%"),
]


def read(drawn: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawn))


def weekly() -> Markup:
    return columns(WORDS, PERCENT, Along("Week beginning"), WEEKS)


def divided() -> Markup:
    parts = [Part(30, Fill.STRONG, "Held: 30 alerts"), Part(1, Fill.PLAIN, "Arranged: 1 alert")]
    return stacked(
        WORDS, [Row("Not held at deadline: 40 alerts", [*parts, Part(9, Fill.HATCHED, "Nothing: 9")])]
    )


def spread() -> Markup:
    return ranges(
        WORDS, Axis("Hours", ticks(30, HOURS)), [Range("Return to told: 3 hours", 1, 3, 30, "median 3")]
    )


PICTURES = pytest.mark.parametrize(
    "drawn", [weekly(), divided(), spread()], ids=["columns", "stacked", "ranges"]
)


@PICTURES
def test_a_picture_is_an_image_with_a_title_and_a_description(drawn: Markup) -> None:
    svg = read(drawn)
    assert svg.get("role") == "img"
    named = {each.get("id"): each.text for each in svg if each.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [named[each] for each in (svg.get("aria-labelledby") or "").split()] == [WORDS.title, WORDS.told]


@PICTURES
def test_a_picture_has_no_style_of_its_own_and_no_script(drawn: Markup) -> None:
    names = {name for each in read(drawn).iter() for name in each.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}


@PICTURES
def test_whatever_is_drawn_lies_within_the_width(drawn: Markup) -> None:
    for each in read(drawn).iter(f"{SVG}rect"):
        across = [(each.get(name) or "0").removesuffix("%") for name in ("x", "width")]
        if (each.get("width") or "").endswith("%"):
            assert 0 <= sum(map(float, across)) <= 100.01


@PICTURES
def test_words_and_lines_have_the_colour_of_the_page(drawn: Markup) -> None:
    plain = [each for each in read(drawn).iter(f"{SVG}text") if each.get("class") != "app-on-area"]
    assert {each.get("fill") for each in plain} == {"currentColor"}


def test_a_week_without_anything_due_is_not_drawn_as_none_in_time() -> None:
    drawn = read(weekly())
    assert len(list(drawn.iter(f"{SVG}rect"))) == 2
    assert [each.text for each in drawn.iter(f"{SVG}text") if each.text in {"–", "0"}] == ["–", "0"]


def test_every_column_tells_its_numbers() -> None:
    told = [each.text for each in read(weekly()).iter(f"{SVG}title")]
    assert told[1:] == [column.told for column in WEEKS]


def test_a_year_of_weeks_has_few_labels_and_no_numbers_above() -> None:
    weeks = [Column(f"week {number}", 50, "50", "") for number in range(52)]
    said = [each.text or "" for each in read(columns(WORDS, PERCENT, Along(""), weeks)).iter(f"{SVG}text")]
    assert len([each for each in said if each.startswith("week")]) <= 5
    assert "50" not in said


def test_the_parts_of_a_bar_fill_it_and_a_narrow_one_has_no_number() -> None:
    drawn = read(divided())
    areas = [each for group in drawn.iter(f"{SVG}g") for each in group if each.tag == f"{SVG}rect"]
    assert sum(float((each.get("width") or "").removesuffix("%")) for each in areas) == pytest.approx(100)
    assert [each.text for each in drawn.iter(f"{SVG}text")][1:] == ["30", "9"]


def test_what_is_drawn_from_names_cannot_become_markup() -> None:
    drawn = stacked(WORDS, [Row("<script>alert(1)</script>", [Part(1, Fill.PLAIN, '"><b>')])])
    assert "<script" not in drawn
    assert "<b>" not in drawn


def test_a_legend_shows_every_hatching_with_its_name() -> None:
    drawn = read(legend("shares", [("Held", Fill.STRONG), ("Nothing", Fill.HATCHED)]))
    assert [" ".join("".join(each.itertext()).split()) for each in drawn] == ["Held", "Nothing"]
    assert 'fill="url(#shares-key-hatched)"' in legend("shares", [("Nothing", Fill.HATCHED)])


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("fill", Fill)
def test_a_number_on_an_area_can_be_read(fill: Fill) -> None:
    dark, light = sorted((_luminance(fill.colour), _luminance(fill.ink)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (9, (0, 5, 10)),
        (100, (0, 50, 100)),
        (68, (0, 20, 40, 60, 80)),
    ],
)
def test_an_axis_has_few_round_marks_that_reach_the_highest(highest: float, marks: tuple[int, ...]) -> None:
    assert ticks(highest) == marks


def test_hours_are_marked_in_days_where_they_are_many() -> None:
    assert ticks(90, HOURS) == (0, 24, 48, 72, 96)
    assert ticks(100_000, HOURS)[-1] >= 100_000
