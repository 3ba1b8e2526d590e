"""The other halves of sentences: they fit any story, and there are many, so that records differ."""

from typing import Final

from cli.demo.reasons import Pieces

OF_BEGINNING: Final[Pieces] = (
    "so I got my coat", "and nobody looked up", "so I walked", "and my head was banging", "and I'd had enough by then",
    "so I climbed out by the wheelie bins", "and I wasn't crying in there", "so I left before tea", "and I shook all over",
    "so I told them I was off to the shop", "and the dog was barking on top of it", "so out the back gate it was",
    "and everyone acted like that's normal", "so I grabbed my charger", "and it went round my head in bed",
    "so I waited till the news came on", "and I couldn't be bothered arguing", "so I went down the fire stairs",
    "and I thought right then", "so I missed the school bus on purpose", "and that was it for me", "so I put two hoodies on",
    "and then it rained", "so I ran for the 36",
)  # fmt: skip
OF_SPENDING: Final[Pieces] = (
    "my phone died about eleven", "had chips and gravy", "it was freezing by four", "nobody asked for a ticket",
    "I watched the buses go", "I counted my change twice", "it felt like ages", "I nearly rang you lot",
    "there was a fox", "I borrowed a jumper", "the telly was on all night", "I brushed my teeth with my finger",
    "I had a sausage roll", "the lights hummed", "I did my nails", "I listened to the same song", "it was a laugh really",
    "I didn't sleep", "my trainers were soaked", "I fell asleep sitting up", "we shared a kebab", "I thought about my bed",
    "it was boring to be honest", "I kept my hood up",
)  # fmt: skip
SINCE: Final[Pieces] = (
    "They had kept my tea", "Everyone went quiet", "I got a hug I didn't want", "Nobody shouted for once",
    "I slept till dinner time", "The police were alright", "I said sorry to the cat", "I had a bath for an hour",
    "I went straight to my room", "We had toast", "I'm grounded, obviously", "They asked loads of questions",
)  # fmt: skip
SINCE_THEN: Final[Pieces] = (
    "but it's back to how it was", "and it's a bit better", "and I don't know yet", "which was weird", "so I might stay put",
    "and I cried after", "then it was all forms", "and we watched a film", "but I'd do it again", "and I felt bad for them",
    "so that was that", "and I meant it",
)  # fmt: skip
NO_HARM: Final[Pieces] = (
    "{child} said nobody touched or hurt {him}", "Nothing happened to {him}, {he} said", "{He} was cold and hungry, no worse",
    "Asked twice, {he} said {he} came to no harm", "{He} showed me {his} hands and knees, no marks",
    "{child} laughed at the question and said no", "Frightened once, by a dog", "{He} told me {he} felt safe throughout",
)  # fmt: skip
NO_HARM_SINCE: Final[Pieces] = (
    "and looked at me while saying so", "and I believe it", "as {he} told the police", "and {carer} saw nothing either",
    "and ate well afterwards", "and slept that night", "though {he} was tired", "and nothing in the account speaks against it",
    "and would tell me, {he} added", "and {he} walked without pain",
)  # fmt: skip
HEALTH: Final[Pieces] = (
    "Well.", "A cold, no fever.", "Tired, otherwise well.", "Well; inhaler at hand.", "Blister on one heel.", "Ate two meals.",
    "Well, hay fever tablets.", "Slept badly, no more.", "Headache, gone by noon.", "Well and in school.",
)  # fmt: skip
HARMED: Final[Pieces] = (
    "Fell off a wall and grazed {his} left elbow", "Scraped a knee on the fence getting out",
    "A stranger knocked {him} down running for the bus, a sore wrist", "Slipped on wet steps, ankle swollen",
)  # fmt: skip
HARM_DONE: Final[Pieces] = (
    "Walk-in centre, London Road, looked at it", "{carer} drove {him} to the walk-in centre", "Cleaned and dressed by {carer}",
    "Rang 111 together and followed what they said",
)  # fmt: skip
LIVING: Final[Pieces] = (
    "Shares a room and wants the top bunk", "Likes the garden and the rabbits", "Tea is early and everybody sits down",
    "Gets on with the youngest best", "Keeps to {his} room at weekends", "Helps with the cooking on Sundays",
    "Two house rules chafe, the rest is fine", "Has {his} own shelf in the fridge", "Music is the only quarrel",
    "Feels watched on the stairs", "Knows the neighbours by name", "Wants a desk by the window",
)  # fmt: skip
LIVING_TOO: Final[Pieces] = (
    "and says so freely", "which was new to me", "and it shows", "as in September", "and would not change that", "on good days",
    "since the clocks went back", "according to both", "when nobody is rushing", "and asks for little else",
)  # fmt: skip
SCHOOL: Final[Pieces] = (
    "Year 10, likes art.", "Attends four days.", "Part-time since October.", "Good in maths.", "Catering at college.",
    "New school since September.", "Sets the drums up.", "Behind in English.", "Attendance 91%.", "In the netball team.",
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
CARER_TOO: Final[Pieces] = (
    "and would try again", "and was relieved to be asked", "and cried on the telephone", "and has thought about it since",
    "and wants one worker to ring", "but fears the next weekend", "and asked for help with it", "and says {he} is good company",
    "and keeps the back door unlocked", "and hopes it ends here", "and had looked for {him} until three",
    "and brought it up unasked",
)  # fmt: skip
OF_PUSH: Final[Pieces] = (
    "at the end of a long week", "with nobody up to talk to", "and no calm way to say so", "which {he} swallowed until it burst",
    "on top of too little sleep", "and the feeling of not counting", "in a house full of people", "as it had in the spring",
    "the evening before {he} left", "and two days of silence after it", "while others looked on", "and nobody asked how it felt",
)  # fmt: skip
OF_PULL: Final[Pieces] = (
    "and no clock to watch", "on a night like that", "two stops away", "where {he} is called by name", "and it was free",
    "when the rest is closed", "and someone pleased to see {him}", "as long as the battery lasted", "and time to think",
    "which {he} had been looking forward to",
)  # fmt: skip
OF_RISK: Final[Pieces] = (
    "and {he} told us before we asked", "and the night was cold", "which was so the last time as well", "as far as we can see",
    "and {he} sees that now", "though {he} plays it down", "and that weighs more than the hours", "whoever else was about",
    "and there was money for the way back", "on a school night",
)  # fmt: skip
OF_MEANING: Final[Pieces] = (
    "and it will happen again unless somebody acts", "so the adults have to move first", "which means talking beats grounding",
    "so the next fortnight must show it", "and that can be mended at home", "which tells us where to begin",
    "so a rule alone would not help", "and {he} cannot mend that alone", "which needs one steady adult", "so we should start small",
    "and the plan has to say so", "because nothing else has changed",
)  # fmt: skip
SO_WHAT: Final[Pieces] = (
    "Without that, {he} will be gone by Christmas", "If it holds for a month, the going should stop",
    "{carer} needs our help to keep to it", "The next bad evening will show whether {he} rings",
    "That matters more than where {he} slept", "What {he} asks for is little and can be done",
    "It has to be said to {him} by those who decide", "The pull is weaker than it looks and could fade",
)  # fmt: skip
OF_DOING: Final[Pieces] = (
    "at the kitchen table", "on a Saturday morning", "over a pizza", "with {worker} there", "and put it in writing",
    "with {his} own pen", "before the football", "and tell the night staff", "while {carer} is off shift", "after school on a Monday",
    "and try it for a month", "and read it back to {him}",
)  # fmt: skip
OF_SHOWING: Final[Pieces] = (
    "as {worker} sees at the visit", "says {carer} by text", "and {he} brings it up unasked", "by the date above",
    "with a photograph of it", "on the wall chart", "when {worker} rings", "and {he} gives it a seven of ten",
    "in the home's log", "and nobody had to remind anybody",
)  # fmt: skip
NAMES: Final[Pieces] = (
    "Kayleigh", "Tyrell", "Mia", "Connor", "Shanice", "Jordan-Lee", "Aisha", "Brandon", "Tegan", "Marlon", "Casey", "Reece",
    "Shay", "Liam", "Jodie", "Kyron", "Beth-Ann", "Danny", "Nadia", "Curtis",
)  # fmt: skip
"""Of friends, who are listed in the record."""
