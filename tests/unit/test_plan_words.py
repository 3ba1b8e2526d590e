"""Which of the child's own words an outcome comes from."""

from domain.plan.words import LONGEST_PASSAGE, planned, words_for
from schemas.plan import When
from schemas.record import Account, Outcome

ACCOUNT = Account(
    before="I had a row with Mum about my phone. She took it off me and shouted. I hate maths.",
    during="I sat at the square till it got dark. Jayden bought me chips. He’s 19 and he’s got a car.",
    since="Nan came round. I’d go swimming if Mia came too!",
)


def said(outcome: Outcome, account: Account = ACCOUNT) -> list[str]:
    return [passage.text for passage in words_for(outcome, account)]


def test_the_sentence_that_answers_the_reason_is_taken_word_for_word() -> None:
    outcome = Outcome(
        what="Arrange mediation at the family centre", why="She and Mum had a row about the phone."
    )
    (passage,) = words_for(outcome, ACCOUNT)
    assert passage.text == "I had a row with Mum about my phone."
    assert (passage.when, passage.because) == (When.BEFORE, ("row", "mum", "phone"))


def test_where_the_reason_says_nothing_the_action_decides() -> None:
    assert said(Outcome(what="Swimming with Mia on Fridays", why="")) == ["I’d go swimming if Mia came too!"]


def test_at_most_two_sentences_are_taken_in_the_order_in_which_they_were_said() -> None:
    outcome = Outcome(
        what="Report the car", why="Jayden, 19, has a car and bought her chips; she hates maths."
    )
    assert said(outcome) == ["Jayden bought me chips.", "He’s 19 and he’s got a car."]


def test_a_sentence_that_shares_much_less_than_the_best_is_left_out() -> None:
    outcome = Outcome(what="Talk about Jayden", why="He bought her chips at the square, after dark.")
    assert said(outcome) == ["I sat at the square till it got dark.", "Jayden bought me chips."]
    assert said(Outcome(why="Jayden bought chips, and Mum.")) == ["Jayden bought me chips."]


def test_nothing_is_taken_where_nothing_is_shared() -> None:
    assert said(Outcome(what="Book a dentist", why="Toothache.")) == []
    assert said(Outcome(what="Book a dentist"), Account()) == []


def test_a_run_on_sentence_is_cut_to_the_part_that_matters() -> None:
    account = Account(
        during=f"{'and then we walked ' * 60} and Kofi gave me a knife {'and then we ran ' * 60}"
    )
    (text,) = said(Outcome(why="Kofi gave him a knife."), account)
    assert "Kofi gave me a knife" in text
    assert len(text) <= LONGEST_PASSAGE


def test_an_account_in_another_script_is_read_too() -> None:
    account = Account(before="كنت خائفة من خالي. لا أريد العودة.", since="Mir geht’s gut 🙂.")
    assert said(Outcome(why="خائفة من خالي"), account) == ["كنت خائفة من خالي."]


def test_an_outcome_keeps_all_that_it_says() -> None:
    outcome = Outcome(what="Swimming with Mia", owner="Ms Patel", measure="She goes.")
    found = planned(outcome, ACCOUNT)
    assert found.model_dump(exclude={"words"}) == outcome.model_dump()
    assert len(found.words) == 1
