"""Invented reasons for going, each with what the child says of it and what somebody can change.

Every piece is half a sentence: `telling` joins it to a half that fits any story, so that no two records are
alike. `{child}`, `{he}`, `{him}`, `{his}`, `{carer}` and `{worker}` are filled in there.
"""

from dataclasses import dataclass
from typing import Final

Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a child goes. `where`: `home`, `care`, or `any`."""

    label: str
    where: str
    begins: Pieces
    """In the child's words."""
    push: Pieces
    help: Pieces
    """What would help, in the child's words."""
    carer: Pieces
    meaning: Pieces
    does: Pieces
    """What will change for the child."""
    shows: Pieces
    """By what one sees that it did."""


REASONS: Final = (
    Reason(
        "over the phone that was taken away",
        "any",
        (
            "they took my phone off me at the dinner table",
            "my phone got locked in the drawer again",
            "{carer} went through my messages on the landing",
        ),
        ("Losing the phone in front of everybody", "Having {his} messages read aloud", "A phone rule nobody explained to {him}"),
        ("if the phone came back at breakfast", "if they asked before reading my stuff", "one rule that stays the same all week"),
        ("{carer} agrees the phone was taken in anger", "{carer} says the phone rule changed twice that week"),
        ("The phone is how {child} reaches friends", "It was about being shamed, not the phone", "{child} needs a phone rule {he} had a say in"),
        ("Write one phone rule with {child}", "Agree which evenings the phone stays with {child}", "Put a charging shelf for the phone in the hall"),
        ("The phone rule hangs by the kettle", "No phone was taken without a word", "{child} hands the phone over without a row"),
    ),
    Reason(
        "after rows with a parent's partner",
        "home",
        (
            "Mum's new boyfriend tells me what to wear",
            "he moved in at Easter and acts like my dad",
            "it was him shouting about the bins again",
        ),
        ("Rows with the man who moved in", "Being told off by somebody new to the house", "No room that is {his} own since the move"),
        ("if Mum told me off and not him", "half an hour with Mum when he's at work", "somewhere to go when he kicks off shouting"),
        ("{carer} had not seen how often they row", "{carer} wants both of them to calm down"),
        ("{child} feels replaced in the family kitchen", "The rows are about who may say no", "{child} goes so that the shouting ends"),
        ("Hold two evenings of family talk", "Agree that {carer} alone sets {child}'s rules", "Give {child} a weekly walk alone with {carer}"),
        ("Three weeks pass without a slammed door", "{child} tells of a row that ended in talk", "The walk has happened every week so far"),
    ),
    Reason(
        "when family time was called off",
        "care",
        (
            "they cancelled contact and told me in the car park",
            "I was meant to see my mum on the Thursday",
            "my dad didn't ring and no one said why",
        ),
        ("Family time cancelled within the hour", "Not hearing why {his} mother could not come", "Waiting by a telephone that did not ring"),
        ("tell me the night before, even if it's bad", "let me ring her when it's cancelled", "a calendar with the contact days on it"),
        ("{carer} heard of the cancellation from {child}", "{carer} would drive {him} to another day"),
        ("{child} reads each cancelled visit as a no", "It is the silence that sends {child} off", "{child} should hear of a change from one person"),
        ("Fix a second day for each cancelled visit", "Ring {child} the evening before family time", "Hang a calendar of family days in {his} room"),
        ("The calendar has four kept visits", "{child} was told of a change a day ahead", "A replacement visit took place the same week"),
    ),
    Reason(
        "after being picked on at school",
        "any",
        (
            "they were filming me in the dinner queue again",
            "three of them wait by the science block",
            "someone put my picture in the year group chat",
        ),
        ("Being mocked in the corridor at school", "A group that waits after lessons", "A picture passed round the year group"),
        ("if I could leave five minutes early", "a teacher who actually looks at the chat", "being in the other form for maths"),
        ("{carer} has rung the school twice about it", "{carer} noticed torn books but no more"),
        ("School is the place {child} runs from", "{child} cannot walk past that group again", "Missing the last lesson is how it begins"),
        ("Move {child} out of that maths group", "Let {child} leave by the art block", "Meet the head of year about the picture"),
        ("Attendance on Thursdays is back to full", "{child} names a teacher {he} told", "The picture is gone from the chat"),
    ),
    Reason(
        "soon after moving to another placement",
        "care",
        (
            "it doesn't smell like anywhere I know",
            "I'd only been there nine days and my bags were packed still",
            "nobody told me how long I'm staying",
        ),
        ("The third move within a year", "Boxes that nobody helped to unpack", "Not knowing how long the placement lasts"),
        ("if somebody said how long I've got here", "my own duvet and my posters back", "seeing my old street on a Sunday"),
        ("{carer} says {he} eats little and sleeps late", "{carer} keeps the porch light on for {him}"),
        ("{child} has not unpacked in any sense", "{child} needs to know whether this is home", "A fourth move would undo what has grown"),
        ("Tell {child} what is planned until summer", "Fetch the boxes from the last placement", "Unpack the room together on a Saturday"),
        ("The posters are on the bedroom wall", "{child} can say how long {he} stays", "The boxes are empty and flattened"),
    ),
    Reason(
        "to be near a brother or sister",
        "any",
        (
            "I hadn't seen my little sister since the holidays",
            "my brother turned ten and I wasn't there",
            "they split us up and nobody asks about it",
        ),
        ("A sister {he} sees too seldom", "A brother's birthday spent elsewhere", "Living apart from the younger ones"),
        ("Saturdays together, in the park", "if we could video call without a grown-up in it", "a key so I can get to theirs"),
        ("{carer} did not know the birthday was near", "{carer} would host the little ones for tea"),
        ("{child} looks after the others even from afar", "Time with the little ones must not be a prize", "{child} goes to check that they are well"),
        ("Set up Saturday visits between the siblings", "Arrange a call on Wednesdays with the little ones", "Take {child} to the next birthday tea"),
        ("Two Saturday visits are in the log", "The Wednesday call was not missed", "A photograph of the tea is on the shelf"),
    ),
    Reason(
        "because evenings were empty",
        "any",
        (
            "there's nothing to do after half four",
            "football stopped because no one could drive me",
            "I sit in that room looking at the wall",
        ),
        ("Evenings with nothing in them", "The end of {his} football at the rec", "A room without anything to do"),
        ("boxing at the gym on Radford Road", "if I could get back in the team", "someone to go swimming with"),
        ("{carer} has no car on weekday evenings", "{carer} thought {he} had gone off sport"),
        ("{child} fills empty hours where company is", "Sport held the week together for {child}", "Without a club the street will do"),
        ("Get {child} back into training on Tuesdays", "Pay for a term at the boxing gym", "Find a lift to the swimming baths"),
        ("The coach ticks off six sessions", "{child} shows a membership card with stamps", "The lift turned up each Tuesday"),
    ),
    Reason(
        "because of the hour to be in",
        "any",
        (
            "everybody else stays out till nine and I'm in at seven",
            "I was four minutes late and got grounded",
            "they said seven but they meant six",
        ),
        ("An hour to be in that is {his} friends' tea time", "A grounding for four minutes", "Times that differ from day to day"),
        ("nine on Fridays, and I'd text", "same time as my mates on a weekend", "a warning before I'm grounded"),
        ("{carer} would allow later if {he} texted", "{carer} fears the dark walk over the rec"),
        ("Once late, {child} sees no point in going back", "A rule that bends a little would hold", "{child} can keep a time {he} agreed to"),
        ("Agree on nine o'clock for Fridays", "Write down that four minutes late costs nothing", "Plan a lit way home from the tram"),
        ("Four Fridays in a row at nine", "{child} texted before the hour was up", "{carer} has grounded nobody since"),
    ),
    Reason(
        "on a hard anniversary",
        "any",
        (
            "it was a year since my grandad and nobody said",
            "it's Mum's birthday and I can't even ring",
            "last November was when we got taken",
        ),
        ("A day of grief that passed unmarked", "Nobody spoke of {his} grandfather", "A birthday with nobody to ring"),
        ("light a candle or something", "if somebody remembered without me saying", "go to where he's buried, once"),
        ("{carer} did not have the date", "{carer} saw that {he} was quiet all day"),
        ("{child} carries the day alone", "Grief, not defiance, is behind it", "{child} has to be asked before such days"),
        ("Visit the cemetery at Wilford Hill together", "Note the three hard days in the diary", "Begin life story work about that year"),
        ("The visit to Wilford Hill took place", "{child} added a day to the diary", "Two chapters of the book are written"),
    ),
    Reason(
        "to get away from noise in the home",
        "care",
        (
            "the lad upstairs had his music on till three",
            "two of them were kicking doors off all night",
            "someone was in my room when I got back",
        ),
        ("Nights without sleep on the top corridor", "Doors banged by others after midnight", "Others going into {his} room"),
        ("a lock that's mine", "swap rooms to the quiet side", "staff who come up when it kicks off"),
        ("{carer} says nights were short of staff", "{carer} can move {him} to the garden side"),
        ("{child} goes in order to sleep", "{child} does not feel the room is {his}", "The home has to be calm before rules work"),
        ("Move {child} to the garden side", "Fit a lock to which {child} has the key", "Agree on quiet hours with all four residents"),
        ("{child} slept through five nights", "The key is on {his} lanyard", "The night book shows quiet after eleven"),
    ),
    Reason(
        "after a trusted worker left",
        "care",
        (
            "my key worker left and I found out from the rota",
            "I've had six social workers and I'm done telling it",
            "they gave me someone new without asking",
        ),
        ("A trusted worker who left without goodbye", "Another new face on the rota", "Telling {his} story from the start again"),
        ("say goodbye properly with cake", "pick who I get next", "someone who stays till I'm sixteen"),
        ("{carer} would have told {him} and was on leave", "{carer} sees that {he} tests every new face"),
        ("{child} leaves before {he} is left", "Trust will come back slowly here", "{child} should choose the next key worker"),
        ("Arrange a proper goodbye with the old key worker", "Let {child} choose among two key workers", "Keep one social worker until the review"),
        ("The goodbye took place over cake", "{child} has chosen and told the home", "The same worker came three times"),
    ),
    Reason(
        "after being sent out of lessons",
        "any",
        (
            "I got put in isolation for my shoes",
            "they sent me home and no one was in",
            "mocks are coming and I can't do any of it",
        ),
        ("Two days in isolation over shoes", "Sent home to an empty house", "Fear of mock exams {he} cannot follow"),
        ("someone to sit with me for maths", "shoes that are the right ones", "a card that lets me out for a bit"),
        ("{carer} was not told of the exclusion", "{carer} bought shoes the same evening"),
        ("{child} thinks school is finished with {him}", "Lessons are too hard since the gap", "A small success would turn the week"),
        ("Book a maths tutor for two evenings", "Agree on a time-out card at school", "Have school ring {carer} before {he} is sent out"),
        ("The tutor has come six times", "The card was used and {he} went back in", "No day was lost since half-term"),
    ),
    Reason(
        "after a room search",
        "care",
        (
            "they searched my room when I was at college",
            "staff read my diary and wrote it up",
            "everything was tipped out on the bed",
        ),
        ("A search of {his} room in {his} absence", "A diary that was read", "Things left tipped out on the bed"),
        ("be there when they look", "a box nobody opens", "someone saying sorry for the diary"),
        ("{carer} says the search was by the book", "{carer} accepts the diary was a mistake"),
        ("Privacy is what {child} is asking for", "{child} cannot rest in a room others search", "An apology would count for much"),
        ("Give {child} a box that is not searched", "Agree that {child} is there at searches", "Say sorry for the diary, face to face"),
        ("The box has its place under the bed", "The next search was with {child} there", "{child} says the apology was meant"),
    ),
    Reason(
        "when a promised trip did not happen",
        "any",
        (
            "they promised Alton Towers since the summer",
            "the trip got given to somebody else",
            "my passport thing never got sorted so I couldn't go",
        ),
        ("A promised trip that was dropped", "Papers that nobody sent off", "Seeing others go on the trip"),
        ("don't promise if you can't", "a date, written down", "be asked what we do instead"),
        ("{carer} is cross about the papers too", "{carer} had saved for the trip"),
        ("{child} has stopped believing dates", "One kept promise matters more than many plans", "Broken plans repeat an old hurt"),
        ("Send the papers off with {child} there", "Book the trip and give {child} the tickets", "Plan a day at Matlock Bath instead"),
        ("The tickets are pinned to the board", "A receipt for the papers is in hand", "The day at Matlock Bath is done"),
    ),
    Reason(
        "over money and chores",
        "any",
        (
            "my pocket money got stopped for washing up",
            "I asked for bus fare and got a lecture",
            "I do all the chores and the others don't",
        ),
        ("Pocket money stopped as a punishment", "Chores shared out unfairly", "No fare for the bus to college"),
        ("a list so it's the same for everyone", "a bus pass that's mine", "let me earn it doing the car"),
        ("{carer} says the chores list got lost", "{carer} was short until Friday"),
        ("It is fairness that {child} is after", "Without fare {child} is stuck or walks at night", "{child} would rather earn than ask"),
        ("Draw up one chores list for the house", "Order a bus pass in {his} own name", "Agree on paid jobs for Saturdays"),
        ("The bus pass is in {his} wallet", "The chores list by the fridge is ticked", "{child} earned money three times"),
    ),
    Reason(
        "for want of food and ways that are known",
        "care",
        (
            "nobody here cooks anything I know",
            "they laughed at what I eat at home",
            "I can't talk my language to anyone in that house",
        ),
        ("Food that is never what {he} knows", "Jokes about how {his} family eats", "Nobody to speak {his} language with"),
        ("let me cook on a Sunday", "going to the shops in Hyson Green", "someone who gets what I eat"),
        ("{carer} would gladly learn two dishes", "{carer} had not heard the jokes"),
        ("{child} goes where the smells are known", "Home is a kitchen, for {child}", "Respect at the table has to come first"),
        ("Let {child} cook for the house on Sundays", "Shop in Hyson Green every fortnight", "Find a mentor who shares {his} language"),
        ("Three Sunday meals were cooked", "{carer} made one dish unasked", "The mentor and {child} met twice"),
    ),
)  # fmt: skip
