"""Names as they are heard in an English city, by the communities that brought them.

A family name written `Wiśniewski/Wiśniewska` has a form for men and one for women.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from faker import Faker


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together. `share` is its weight among families, `alone` among children who came alone."""

    ethnicity: str
    families: Sequence[str]
    girls: Sequence[str]
    boys: Sequence[str]
    share: int
    alone: int = 0


def form_of(family: str, sex: str) -> str:
    """Return the family name in the form for a girl or a boy."""
    masculine, _, feminine = family.partition("/")
    return feminine if feminine and sex == "female" else masculine


def communities(fake: Faker) -> tuple[Community, ...]:
    """Return all communities; the largest has family names from Faker's own pool."""
    plain = [fake.last_name() for _ in range(60)]
    joined = [f"{first}-{second}" for first, second in zip(plain[:6], plain[30:36], strict=True)]
    english = Community("WBRI", (*plain, *joined, "O'Shea-Clarke", "D'Arcy"), GIRLS, BOYS, share=40)
    return (english, *COMMUNITIES)


def _words(text: str) -> tuple[str, ...]:
    """Split at white space; an underscore stands for a space inside a name."""
    return tuple(word.replace("_", " ") for word in text.split())


GIRLS = _words(
    "Olivia Amelia Lily-Mae Poppy Evie Ellie-Mae Freya Millie Ruby Lexi Demi-Leigh Maisie Phoebe Erin"
    " Scarlett Courtney Paige Megan Lola Summer Gracie Imogen Esmé Harriet Libby Darcey Tilly"
    " Willow Bethany Faith"
)
BOYS = _words(
    "Alfie Jack Riley Harvey Tyler Logan Oscar Archie Callum Kieran Jake Brandon Leo Finley Ethan Mason"
    " Bailey Connor Declan Joshua Lewis Toby Ellis Rhys Harley Reuben Blake Zac Dylan Jenson"
)
COMMUNITIES = (
    Community(
        "BCRB",
        _words("Campbell Grant Francis Gayle Bailey-Reid Walcott Brathwaite D'Aguilar St_Clair Henry-Morgan"),
        _words("Shanice Tianna Kezia Renée Aaliyah Chanelle Naomi Jada-Mae Déja Simone"),
        _words("Tyrell Jermaine Kymani Leroy Zion Marlon Rashaun Deshawn Isaiah O'Neil"),
        share=7,
    ),
    Community(
        "MWBC",
        _words("Palmer-Brown Simms Lewis-Grant Whitehead O'Connor Bramley Dawkins Hylton-Ward"),
        _words("Tia-Mae Mia Chloé Jasmine Kiera Lacey-Jo Skye Zoë"),
        _words("Kai Jayden Reece Tyler-Jay Malachi Corey Ashton Jaiden"),
        share=8,
    ),
    Community(
        "APKN",
        _words("Khan Hussain Mahmood Akhtar Iqbal Shah Bibi Butt Chaudhry ul-Haq"),
        _words("Aisha Zainab Maryam Hafsa Iqra Sumaiya Noor_Fatima Laiba Amna"),
        _words("Mohammed Hamza Ibrahim Bilal Zakariya Muhammad_Ali Haris Usman Ayaan"),
        share=11,
    ),
    Community(
        "BAFR",
        _words("Okafor Adébáyọ̀ Okonkwo Olúwaṣeun-Bello Eze Nwosu Ogunlesi Balogun Adeyemi"),
        _words("Amara_Grace Chidinma Ọlábísí Temitope Ngozi Favour Adaeze Ifeoma"),
        _words("Chukwuemeka David Tobi Oluwatobi Emeka Ṣẹ̀gun Samuel_Ayomide Kelechi"),
        share=7,
    ),
    Community(
        "WOTH",
        _words(
            "Wiśniewski/Wiśniewska Kowalczyk Zieliński/Zielińska Wójcik Łuczak Dąbrowski/Dąbrowska"
            " Szymański/Szymańska"
        ),
        _words("Zuzanna Małgorzata Oliwia Agnieszka Julia Gabriela Weronika"),
        _words("Łukasz Kacper Jakub Szymon Bartłomiej Oskar Wojciech"),
        share=7,
    ),
    Community(
        "WROM",
        _words(
            "Horváth/Horváthová Baláž/Balážová Tancoš/Tancošová Kotlár/Kotlárová Căldăraru Stănescu Ďurčo"
        ),
        _words("Žaneta Denisa Vanesa Mirela Ľudmila Nikoleta Andreea Sára"),
        _words("Ľubomír Erik Roman Dušan Patrik Ionuţ Kevin Marián"),
        share=5,
    ),
    Community(
        "BOTH",
        _words("Warsame Abdi Hassan_Ali Farah Yusuf Jama"),
        _words("Hodan Ifrah Sagal Fadumo Ayaan Hamdi"),
        _words("Abdirahman Liban Zakaria Abdullahi Ismail Mahad"),
        share=3,
    ),
    Community(
        "BAFR",
        _words("Tesfay Ghebremeskel Haile Tekle Woldu Kidane Habtemariam"),
        _words("Selam Feven Rahwa Winta Helen Bethlehem"),
        _words("Filmon Yonas Merhawi Abel Robel Nahom Mikiele"),
        share=1,
        alone=5,
    ),
    Community(
        "AOTH",
        _words("Nguyễn Trần Lê Phạm Đặng Bùi Hoàng"),
        _words("Thị_Mai Thu_Hương Ngọc_Ánh Thùy_Linh Bích"),
        _words("Văn_Đức Minh Quốc_Bảo Tuấn_Anh Hải"),
        share=1,
        alone=4,
    ),
    Community(
        "OOTH",
        _words("Rasul Mahmoud Ahmadi Karim Saeed Barzani Omer"),
        _words("Shilan Dilnaz Hêvî Zahra"),
        _words("Rêbaz Aram Hêmin Karwan Mustafa Ali_Reza"),
        share=2,
        alone=5,
    ),
    Community(
        "WIRT",
        _words("O'Driscoll McDonagh Ward O'Reilly Connors O'Brien/Ní_Bhriain"),
        _words("Siobhán Bríd Caoimhe Margaret_Rose Kathleen Áine"),
        _words("Seán Pádraig Martin Ciarán John-Paul Micheál"),
        share=3,
    ),
    Community(
        "AIND",
        _words("Singh/Kaur Patel D'Souza Sandhu Chauhan Fernandes"),
        _words("Simran Anjali Harleen Priya Jasleen Riya"),
        _words("Arjan Jaspreet Rohan Dev Gurpreet Neil"),
        share=4,
    ),
    Community(
        "MWAS",
        _words("Hartley-Khan Ali-Stevens Begum-Watts Shaw Rahman-Cole"),
        _words("Leila Sofia Zara Inaya-Rose Anya"),
        _words("Zayn Rafi Kian Ilyas Noah"),
        share=3,
    ),
)
