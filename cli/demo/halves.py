"""The other halves of sentences: they fit any story, and there are many, so that records differ.

Each has five words or more: less, and two records with the same first half would read as copied.
"""

from typing import Final

from cli.demo.reasons import Pieces

OF_BEGINNING: Final[Pieces] = (
    "so I got my coat off the banister", "and not one of them looked up", "so I walked until my legs hurt",
    "and my head was banging all day", "and I'd had enough by teatime", "so I climbed out by the wheelie bins",
    "and I wasn't going to cry in there", "so I left my plate and went", "and I shook all over on the stairs",
    "so I told them I was off to the shop", "and the dog barking on top of it", "so out the back gate it was",
    "and everyone acted like that's normal", "so I grabbed my charger and a jumper", "and it went round and round in bed",
    "so I waited for the ten o'clock news", "and I couldn't be bothered arguing again", "so I took the fire stairs two at a time",
    "and I thought right then, see you", "so I missed the school bus on purpose", "and that was the last straw",
    "so I put two hoodies on and went", "and then it started chucking it down", "so I ran for the 36 and made it",
    "and I counted to a hundred like you're meant to", "so I left a note under the kettle",
)  # fmt: skip
OF_SPENDING: Final[Pieces] = (
    "my phone died just after eleven", "all I had was chips and gravy", "it was freezing by about four",
    "nobody asked me for a ticket", "I watched the night buses go past", "I counted my change twice over",
    "it felt like about a year", "I nearly rang you lot at two", "a fox came right up to me", "I had to borrow somebody's jumper",
    "the telly was on all night", "I brushed my teeth with one finger", "I lived on one sausage roll", "the lights hummed so I couldn't sleep",
    "I did my nails twice, that bored", "I had the same song on repeat", "it was a proper laugh, really", "I never shut my eyes once",
    "my trainers were soaked through", "I fell asleep sitting straight up", "we split a kebab four ways", "I kept thinking about my own bed",
    "it was boring if I'm honest", "I had my hood up the whole time", "I learned a card trick", "I saw the sun come up",
)  # fmt: skip
SINCE: Final[Pieces] = (
    "They had kept my tea warm", "Everyone went quiet when I came in", "I got a hug I didn't want", "Nobody shouted at me for once",
    "I slept right through till dinner time", "The police were alright to be fair", "I said sorry to the cat first",
    "I had a bath for an hour", "I went up to my room", "We had toast and didn't talk", "I'm grounded till Sunday, obviously",
    "They asked loads of questions at the door",
)  # fmt: skip
SINCE_THEN: Final[Pieces] = (
    "but it's back to how it was", "and it's been a bit better", "and I don't know what happens now", "which was weird but nice",
    "so I might stay put a while", "and I cried about it after", "then it was forms and more forms", "and we watched a film in the end",
    "but I'd probably do it again", "and I felt bad for everybody", "so that was that, back to normal", "and I meant it as well",
    "but nobody's mentioned it since", "and the little ones drew me a card",
)  # fmt: skip
NO_HARM: Final[Pieces] = (
    "{child} said nobody touched or hurt {him}", "Nothing happened to {him} out there", "Cold and hungry was the worst of it",
    "Asked twice, {he} said no both times", "{He} showed me {his} hands and knees", "{child} laughed at the question and said no",
    "A barking dog was the only fright", "{He} felt safe the whole time, I was told", "No, said {child}, only bored and wet",
    "Hands in pockets, {child} shook {his} head", "{child} had a stitch from running, no more", "{He} was spoken to kindly by everyone met",
    "Nobody bothered {him}, day or night", "No blow, no threat, no fall, in {his} words", "{child} was asked in private and said no",
    "The worst was needing the toilet", "{He} wrote `no` on my pad and underlined it", "Unhurt, and rather proud of coping",
    "{child} would have rung 999, so {he} said", "No harm came from strangers or friends",
)  # fmt: skip
NO_HARM_SINCE: Final[Pieces] = (
    "and looked at me while saying so", "and I have no reason to doubt it", "as the police were told at the door",
    "and {carer} saw nothing either that evening", "and ate a big breakfast afterwards", "and slept well the night after",
    "though {he} was tired to the bone", "and nothing in the account speaks against it", "and would tell me, was the answer",
    "and {he} moves without any pain", "and {carer} had asked the same question", "and wanted to know why I ask",
    "which fits with what the police wrote", "and pulled up both sleeves unasked",
)  # fmt: skip
HEALTH: Final[Pieces] = (
    "Well.", "A cold, no fever.", "Tired, otherwise well.", "Well; inhaler at hand.", "Blister on one heel.", "Ate two meals.",
    "Well, hay fever tablets.", "Slept badly, no more.", "Headache, gone by noon.", "Well and in school.",
)  # fmt: skip
HARMED: Final[Pieces] = (
    "Fell off a low wall and grazed an elbow", "Scraped a knee on the fence getting out",
    "Knocked over running for the bus", "Slipped on wet steps by the canal",
)  # fmt: skip
HARMED_SINCE: Final[Pieces] = (
    "and {he} shrugged it off until morning", "which is sore and a little swollen", "and it has a plaster with dinosaurs",
    "and {carer} only noticed at bath time", "and it smarts when {he} writes", "but {he} can move it freely again",
)  # fmt: skip
HARM_DONE: Final[Pieces] = (
    "Walk-in centre, London Road, looked at it", "{carer} drove {him} to the walk-in centre", "Cleaned and dressed by {carer}",
    "Rang 111 together and followed what they said",
)  # fmt: skip
EVIDENCE: Final[Pieces] = (
    "as {he} told me without being asked", "and {he} asked me not to write it down", "which {carer} had wondered about too",
    "and it was not the first time", "said in passing, looking at the floor", "and {he} thinks nothing of it yet",
    "which a friend had warned {him} of", "and {he} laughed when telling it", "and I saw the messages on the phone",
    "while we waited for the chips",
)  # fmt: skip
LIVING: Final[Pieces] = (
    "Shares a room and wants the top bunk", "Likes the garden and the two rabbits", "Tea is early and everybody sits down",
    "Gets on with the youngest best of all", "Keeps to the bedroom at weekends", "Helps with the cooking on Sundays",
    "Two house rules chafe, the rest is fine", "Has a shelf of the fridge alone", "Music is the only quarrel left",
    "Feels watched on the stairs at night", "Knows all the neighbours by name", "Wants a desk by the window",
    "Has painted one wall dark green", "Eats breakfast standing at the back door", "Plays cards with whoever is up late",
    "Misses the old bus route to school", "Cannot find a quiet hour for homework", "Looks after the tomato plants outside",
    "Would swap rooms for the attic", "Trusts one person in the house fully", "Leaves the landing light on",
    "Walks the neighbour's spaniel for a fiver", "Sits with the baby when it cries", "Hates the colour of the curtains",
)  # fmt: skip
LIVING_TOO: Final[Pieces] = (
    "and says so quite freely to me", "which was news to me today", "and it shows in small things", "much as it was in September",
    "and would not change that for anything", "on good days, of which there are some", "since the clocks went back last month",
    "according to both of them, separately", "when nobody is rushing out of the door", "and asks for very little else",
    "and counts the days in pencil", "and would like it in writing", "and drew me a picture of it",
)  # fmt: skip
SCHOOL: Final[Pieces] = (
    "Year 10, likes art.", "Attends four days.", "Part-time since October.", "Good in maths.", "Catering at college.",
    "New school since September.", "Sets the drums up.", "Behind in English.", "Attendance 91%.", "In the netball team.",
)  # fmt: skip
CARER_TOO: Final[Pieces] = (
    "and would like to try it again", "and was relieved to be asked at all", "and cried a little on the telephone",
    "and has thought of nothing else since", "and wants one worker to ring, not three", "but dreads the coming weekend all the same",
    "and asked me for help with it", "and calls {him} good company at breakfast", "and leaves the back door on the latch",
    "and hopes that it ends here", "and drove round looking until three", "and brought it up before I could",
    "though a night's sleep has helped", "and blames nobody but the calendar", "and would sit down with all of us",
    "and had rung four friends by midnight",
)  # fmt: skip
OF_PUSH: Final[Pieces] = (
    "at the end of a long week", "with nobody up to talk to", "and no calm way to say so", "which {he} swallowed until it burst",
    "on top of far too little sleep", "and the feeling of not counting", "in a house full of other people",
    "the evening before {he} went off", "and two days of silence after it", "while all the others looked on",
    "and nobody asked how that felt", "and a door that was slammed on it", "with a head full of exams",
    "just as things had begun to settle", "and the sense of being talked about", "after a weekend that went well",
)  # fmt: skip
OF_PULL: Final[Pieces] = (
    "and no clock to keep an eye on", "on a night as long as that", "only two stops away by bus", "where everyone greets {him} by name",
    "and it costs nothing at all", "when every other door is closed", "and somebody pleased that {he} came",
    "as long as the battery lasts", "and time to think in peace", "with music that {he} may choose",
    "and a story to tell afterwards", "far away from the washing-up", "and food that does not come with talk",
    "which {he} had looked forward to all week",
)  # fmt: skip
OF_RISK: Final[Pieces] = (
    "and we heard of it before we asked", "and the night was below freezing", "as far as any of us can see",
    "and {he} sees that now, somewhat", "though {he} plays it down with a grin", "and that weighs more than the hours",
    "whoever else may have been about", "and there was fare for the way back", "on a school night in the dark",
    "and the phone was on throughout", "so I would not rest on it", "and {carer} judges it the same way",
    "and I have seen it with my own eyes", "which a map of the night bears out",
)  # fmt: skip
PATTERN: Final[Pieces] = (
    "each time by the kitchen door", "the same friends then, other company now", "shorter stays then", "both times on a Sunday, not this one",
    "those were for one night", "the same row began each of them", "then on foot and now by tram", "earlier {he} came back alone",
    "those times without a coat", "then nobody knew where", "the others ended by midnight", "the earlier ones followed phone calls",
    "quieter than the earlier ones", "both began after school", "then in daylight, now in the dark", "the first was a surprise to all",
    "each began with a silent tea", "those ended with the police at the door",
)  # fmt: skip
PATTERN_NOW: Final[Pieces] = (
    "while this one began earlier in the day", "and this one went further from home", "and the text to {carer} was missing now",
    "but this time somebody had the address", "and the hours grow longer with each", "while this one was planned, with a packed rucksack",
    "but the reasons are the same ones", "and this was the coldest of them", "while now there was money for food",
    "but {he} rang before we did this time", "and this one was over by breakfast", "while this time {he} went alone",
    "and nobody chased {him} this time", "but it took less to set it off", "and this one fell in the holidays' first week",
    "while {his} phone was off for the first time",
)  # fmt: skip
OF_MEANING: Final[Pieces] = (
    "and it will happen again unless somebody acts", "so the adults have to move first here", "which means talking beats any grounding",
    "so the next fortnight must show it", "and that can be mended at home", "which tells us where we should begin",
    "so a rule alone cannot help", "and {he} cannot mend that without us", "which needs one steady adult, not five",
    "so we should start with something small", "and the plan should make that plain", "because nothing else in {his} week changed",
    "and without that {he} will be gone by Christmas", "so the going should stop once that holds",
    "and {carer} needs our help to keep to it", "so the next bad evening will be the test", "which means more than where {he} slept",
    "and what {he} asks for needs little", "so it must be said by those who decide", "and I would expect another night away otherwise",
    "which is why punishment could make it worse", "and somebody needs to tell {him} so plainly",
)  # fmt: skip
OF_DOING: Final[Pieces] = (
    "at the kitchen table, phones in the middle", "on a Saturday morning before town", "over a pizza that {child} picks",
    "with {worker} there the first time", "and put it in writing for both", "in pen, so that nobody rubs it out",
    "before the football on the telly", "and let the night staff know it", "while the house is empty and calm",
    "after school on a Monday, with tea", "and try it for a month first", "and read it back to {him} aloud",
    "and leave a copy under the kettle", "without anybody else in the room", "and begin with what works already",
    "on the walk with next door's dog",
)  # fmt: skip
OF_SHOWING: Final[Pieces] = (
    "as {worker} sees at the next visit", "which {carer} confirms in a text", "and {he} brings it up unasked",
    "by the day that stands above", "with a photograph of it sent round", "and there are ticks on the chart",
    "when {worker} rings to hear of it", "and {he} gives it seven out of ten", "and it says so in the log",
    "and nobody had to remind anybody", "and {child} shows it off to {worker}", "at the visit in a month's time",
    "and {carer} has stopped counting the days", "and we hear it from {him} first",
)  # fmt: skip
HELP_TOO: Final[Pieces] = (
    "then I'd not need to go", "and I mean really, not just said", "that would do me fine", "and I'd come back for tea",
    "like it was in Year 7", "but they won't, will they", "and somebody to remind me", "it's not a big ask",
    "and keep it that way", "then we can all calm down", "I'd swap my pudding for it", "even for one week, to try",
    "I said that at the review as well", "and not in front of everyone", "before it gets cold outside", "you can write that down",
)  # fmt: skip
OPTIONS: Final[Pieces] = (
    "Went through whom {he} can ring at night, and {he} chose {carer}, then the night desk",
    "Drew a map of safe doors between school and home, and {he} put three on it",
    "Practised the text that {he} would send before going: `need space, back by nine`",
    "Agreed on a word that means `fetch me, no questions`, and {he} picked it",
    "Talked about what {he} could have done at six o'clock, and {he} liked the walk with the dog best",
    "Listed four people to go to, in order, on the back of {his} hand",
)  # fmt: skip
SAFETY: Final[Pieces] = (
    "Gave {him} Childline 0800 1111 and Missing People 116 000, both saved in the phone",
    "Runaway Helpline 116 000 is on a card in {his} phone case, with the night desk's number",
    "Looked at the Childline site together, 0800 1111, and {he} tried the chat",
    "Wrote 116 000 and 999 inside the lid of {his} pencil tin",
    "Talked about sharing a live place with {carer}, and saved 0800 1111 and 116 000",
)  # fmt: skip
NAMES: Final[Pieces] = (
    "Kayleigh", "Tyrell", "Mia", "Connor", "Shanice", "Jordan-Lee", "Aisha", "Brandon", "Tegan", "Marlon", "Casey", "Reece",
    "Shay", "Liam", "Jodie", "Kyron", "Beth-Ann", "Danny", "Nadia", "Curtis",
)  # fmt: skip
"""Of friends, who are listed in the record."""
