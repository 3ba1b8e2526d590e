"""A screener sees who is likeliest first, how each field compares, and what forbids joining by weight."""

from typing import Any

from casework.children_index import import_children
from casework.index_rows import read_index
from schemas.access import Duty
from schemas.policy import Policy
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import missing
from tests.web.test_deciding_pages import question, screener

HOME = {"home_address": {"lines": ["12 Church Lane"], "postcode": "NG7 1AA"}, "date_of_birth": "2011-07-02"}
AMARA: dict[str, Any] = {"authority_child_id": "C-1", "family_name": "Okafor", "given_names": "Amara", **HOME}
TWIN: dict[str, Any] = AMARA | {"authority_child_id": "C-2", "given_names": "Adaeze"}
MISSPELT: dict[str, Any] = {"family_name": "Okafour", "given_names": "Amara", **HOME}


async def known(desk: Desk, *children: dict[str, Any]) -> None:
    """Tell of children by their numbers here, each under a reference of its own."""
    told = [missing(id=f"k{no}", child=one, subject=f"NP-K{no}") for no, one in enumerate(children)]
    await desk.tell(*told)


async def test_the_likeliest_comes_first_and_of_a_twin_it_is_said_what_forbids_joining(desk: Desk) -> None:
    await known(desk, TWIN, AMARA)
    await desk.tell(missing(id="x1", child=MISSPELT, subject="NP-2"))
    words = (await visit(await screener(desk), await question(desk, "unknown_child"))).words
    twins = "Their first names differ: they may be twins, or brother and sister."
    assert f"How likely Very likely the same child Possible: look closely {twins}" in words
    assert "Family name Okafour Okafor One or two letters differ speaks for Okafor" in words
    assert "Given names Amara Amara The same speaks for Adaeze Different speaks against" in words
    assert "12 Church Lane, NG7 1AA The same home speaks for" in words
    assert "Together +29.2 +11.3" in words
    assert "Homeward learns nothing from what you decide" in words
    assert words.index("It is Amara Okafor (C-1)") < words.index("It is Adaeze Okafor (C-2)")


async def test_a_twin_is_warned_of_before_it_is_decided(desk: Desk) -> None:
    await known(desk, TWIN)
    twin = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    await desk.tell(missing(id="x1", child=MISSPELT, subject="NP-2"))
    browser, path = await screener(desk), await question(desk, "unknown_child")
    typed = {"choice": f"child-{twin}", "reason": "Her aunt says so", "preview": "yes"}
    seen = await submit(browser, path, await visit(browser, path), **typed)
    warned = "they may be twins, or brother and sister: are you sure that this is one child?"
    assert warned in Page(seen.text).words


async def test_the_address_of_a_childrens_home_counts_for_nothing_and_the_page_says_so(desk: Desk) -> None:
    names = ("Haile", "Noori", "Patterson", "Doyle")
    mates = [AMARA | {"family_name": name, "authority_child_id": f"C-{name}"} for name in names]
    await known(desk, AMARA, *mates)
    told = {name: AMARA[name] for name in ("family_name", "given_names", "home_address")}
    await desk.tell(missing(id="x1", child=told, subject="NP-2"))
    words = (await visit(await screener(desk), await question(desk, "unknown_child"))).words
    assert "Very likely" not in words
    assert "Possible: look closely Neither date of birth nor home tells that it is this child." in words
    assert "Children of many families live at this address, so it counts for nothing." in words
    assert "The same home says little" in words


async def test_who_shares_a_number_is_shown_however_little_else_agrees(desk: Desk) -> None:
    number = {"nhs_number": "9434765919"}
    await known(desk, AMARA | number)
    other = {"family_name": "Price", "given_names": "Carys", "date_of_birth": "2013-05-09", **number}
    await desk.tell(missing(id="x1", child=other, subject="NP-2"))
    words = (await visit(await screener(desk), await question(desk, "identity_contradicted"))).words
    assert "NHS number 9434765919 9434765919 The same speaks for" in words
    assert "Their dates of birth differ." in words


async def test_a_number_in_common_makes_nobody_likely_whose_birth_date_is_another(desk: Desk) -> None:
    number = {"nhs_number": "9434765919"}
    await known(desk, AMARA | number)
    told = {name: value for name, value in AMARA.items() if name != "authority_child_id"}
    sister = told | number | {"given_names": "Amaya", "date_of_birth": "2013-07-02"}
    await desk.tell(missing(id="x2", child=sister, subject="NP-3"))
    words = (await visit(await screener(desk), await question(desk, "identity_contradicted"))).words
    assert "Possible: look closely Their dates of birth differ." in words
    assert "One digit differs" in words


async def test_of_a_known_child_only_what_the_message_says_is_compared(desk: Desk) -> None:
    await known(desk, AMARA)
    child = {"authority_child_id": "C-1", "family_name": "Okafor", "nhs_number": "9434765918"}
    await desk.tell(missing(id="x1", child=child, subject="NP-2"))
    words = (await visit(await screener(desk), await question(desk, "doubtful_notification"))).words
    assert "What was told Filed under" in words
    assert "Given names Not told Amara Date of birth Not told 2 July 2011" in words
    assert "Number here C-1 C-1 The same speaks for" in words


async def test_where_nobody_is_alike_nobody_is_offered(desk: Desk) -> None:
    await known(desk, AMARA | {"given_names": "Leo", "home_address": {"postcode": "DE1 1AA"}})
    stranger = {"family_name": "Nowak", "given_names": "Jan", "date_of_birth": "2011-07-02"}
    await desk.tell(missing(id="x1", child=stranger, subject="NP-2"))
    words = (await visit(await screener(desk), await question(desk, "unknown_child"))).words
    assert "Nobody known here is enough like this child to be compared" in words
    assert "Leo Okafor" not in words


async def test_more_than_can_stand_beside_each_other_are_named_below(desk: Desk) -> None:
    names = ("Amara", "Adaeze", "Leo", "Chidi", "Ngozi")
    await known(desk, *(AMARA | {"given_names": name, "authority_child_id": f"C-{name}"} for name in names))
    await desk.tell(missing(id="x1", child=MISSPELT, subject="NP-2"))
    browser, path = await screener(desk), await question(desk, "unknown_child")
    page = await visit(browser, path)
    assert page.words.count("Possible: look closely") == 3
    assert page.words.count("Compare with") == 1
    (left,) = [name for name in names if f"Compare with {name} Okafor (C-{name})" in page.words]
    ids = {one["child_id"] for one in await desk.items("/api/v1/episodes", child=f"C-{left}")}
    compared = Page((await submit(browser, path, page, beside=ids.pop())).text)
    assert f"It is {left} Okafor (C-{left})" in compared.words


async def test_what_was_linked_by_likeness_says_so_on_the_childs_page_and_in_the_ledger(desk: Desk) -> None:
    header = "authority_child_id,family_name,given_names,date_of_birth,postcode,address\n"
    index = read_index([header, "C-1,Okafor,Amara,2011-07-02,NG7 1AA,12 Church Lane\n"])
    await import_children(desk.store, NOTTINGHAM, index, Policy(), person="system:test", now=desk.clock())
    await desk.tell(missing(id="x1", child=MISSPELT))
    child = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    page = await visit(desk.client, f"/children/{child}")
    assert "Linked by likeness, not by a number." in page.words
    assert f"/screening/children/{child}/split" in page.links
    ledger = await visit(await desk.sign_in(Duty.AUDITOR), "/audit/ledger", action="notification.linked")
    assert "By likeness, not by a number: given names: the same; family name: one or two" in ledger.words
    assert "Okafor" not in ledger.words
