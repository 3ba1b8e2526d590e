"""The commonest words of English, with those that begin sentences: alone they are nobody's name."""

from typing import Final

COMMONEST: Final = frozenset(
    """
    a able about above according across actually after afterwards again against age ago all allowed almost
    alone along already also although always am among an and angry another any anybody anyone anything
    anyway apart are area around as ask asked asks at attended away back bad be because become been before
    began behind being below best better between big bit born both bought brought bus but buy by call
    called came can cannot car care carer child choice city clear close cold come comes coming could day
    days dear described did different do does doing done door down during each early easter eat either
    else end enough even evening ever every everybody everyone everything except explained family far fast
    father feels felt few finally find fine first five following for found four free friday from full gave
    get gets getting girl give given gives go goes going gone good got great had half happy hard has hate
    have having he hear heard held help her here hers herself high him himself his home hope hot hour
    house how however i if in indeed inside instead into is it its itself just keep keeps kept kind knew
    know known last late later least leave left less let life like likely little live lives long look
    looked lost lot love made main make makes man many may maybe me mean means meet meeting met might mine
    missing monday money month more morning most mother move moved much mum must my myself name near
    nearly need needs neither never new next nice night no nobody none nor not nothing now of off offered
    often old on once one only onto open or order other others otherwise our out outside over own part
    past people perhaps person phone place plan please police present pretty put quite ran rang rather
    read ready really reported reports right risk road room round run safe said same sat saturday saw say
    saying says school second see seen sees send sent several shall she short should show showed shows shy
    side since sit six sleep small so social some somebody somehow someone something sometimes soon sorry
    south spent spoke staff stay stayed still stop street such sunday support sure take taken takes taking
    talk tell ten text than that the their them themselves then there therefore these they thing things
    think third this those though thought three through throughout thursday thus time to today together
    told tomorrow tonight too took total toward towards town tried true try tuesday turned twice two under
    unless until up upon us use used usual usually very visit wait walk walked want wanted wants was way
    we wednesday week well went were west what whatever when whenever where whereas wherever whether which
    while who whole whom whose why will wish with within without woman word work worker would year years
    yes yesterday yet you young your yours
    """.split()  # noqa: SIM905
)
