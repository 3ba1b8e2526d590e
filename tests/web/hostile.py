"""Five thousand strings that break forms, by what they aim at. Made here, the same each time."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice
from typing import Final

COUNT: Final = 5_000
LONG: Final = 100_000
Family = Callable[[int], str]

TAGS = ("script", "img", "svg", "iframe", "object", "math", "details", "video", "style", "base", "hostile-x")
EVENTS = ("onerror", "onload", "onfocus", "onclick", "ontoggle", "onmouseover", "onanimationstart", "hostile")
BREAKS = ("", '">', "'>", "</textarea>", "</title>", "-->", "</option></select>", "]]>", "</bdi></p>")
DO = "window.pwned=1"
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u2061\u3164"
MARKS = "\u0300\u0301\u0308\u0327\u0489\u0e49\u0f7c\u20dd\u0334\u1dc4"
EMOJI = "😀👩‍👩‍👧🏴󠁧󠁢󠁷󠁬󠁳󠁿🧑🏿‍🦽❤️🇬🇧"
SCRIPTS = "漢字仮名ひらがな한국어العربيةעבריתไทยहिन्दीქართულიßİıſŁøÆŒﷺ﷽ﬁ①Ⅷ½Ω≠∞𝕳𐍈"
CONTROLS = [chr(one) for one in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if one not in (0x09, 0x0A, 0x0D)]


def _pick(choices: str | tuple[str, ...] | list[str], number: int) -> str:
    return choices[number % len(choices)]


def _markup(n: int) -> str:
    tag, event = _pick(TAGS, n), _pick(EVENTS, n // len(TAGS))
    return f"{_pick(BREAKS, n // 7)}<{tag} hostile={n} src=x {event}={DO}>"


def _script(n: int) -> str:
    forms = (
        f"{_pick(BREAKS, n)}<script hostile>{DO};{n}</script>", f'" {_pick(EVENTS, n)}="{DO}" hostile="{n}',
        f"' autofocus hostile{n} {_pick(EVENTS, n)}={DO} '", f"javascript:{DO}//{n}",
        f"JaVa\tScRiPt:{DO}//{n}", f"data:text/html,<script hostile>{DO}</script>{n}",
        f"<sCrIpT/hostile/>{DO}{n}", f"<<script hostile>>{DO}{n}", f"&lt;script hostile&gt;{n}",
        f"&#x3c;script hostile&#x3e;{DO}{n}", f"\\u003cscript hostile\\u003e{DO}{n}",
        f"%3Cscript%20hostile%3E{DO}{n}", f"＜script hostile＞{DO}{n}", f"`${{{DO}}}`{n}",
        f"'-{DO}-'{n}", f"</script><hostile-{n}>",
    )  # fmt: skip
    return _pick(forms, n)


def _template(n: int) -> str:
    forms = (
        "{{{{{n}*{n}}}}}", "{{% for x in [{n}] %}}", "{{# {n} #}}", "{{{{ config.items() }}}}{n}",
        "{{{{ ''.__class__.__mro__[{n}] }}}}", "${{{n}*7}}", "#{{{n}}}", "<%= {n} %>", "@({n}+1)", "*{{{n}}}",
        "{{%- endblock -%}}{n}", "{{{{ self }}}}{n}", "[[${{{n}}}]]", "{{php}}{n}{{/php}}", "{{{{viewer}}}}{n}",  # noqa: E501
    )  # fmt: skip
    return _pick(forms, n).format(n=n)


def _sql(n: int) -> str:
    forms = (
        "'; DROP TABLE children; --{n}", "' OR {n}={n} --", '" OR ""="{n}', "') UNION SELECT {n} --",
        "\\'; {n}", "$${n}$$", "x'{n}", "E'\\x{n}'", "1;SELECT pg_sleep({n})", "/*{n}*/", ":name{n}", "%({n})s",  # noqa: E501
        "$1{n}", "_%{n}%", "\\%{n}\\_", "' || ({n}) || '", "::text{n}", "{{{n}}}'::int[]", "NULL{n}", "'{n}''",  # noqa: E501
    )  # fmt: skip
    return _pick(forms, n).format(n=n)


def _path(n: int) -> str:
    forms = (
        "../" * (1 + n % 9) + f"etc/passwd{n}", f"..\\..\\{n}\\win.ini", f"/proc/{n}/environ", f"file:///{n}",
        f"%2e%2e%2f{n}", f"//evil.example/{n}", f"/\\evil.example/{n}", f"https://evil.example/{n}",
        f"CON{n}", f"aux.{n}", f"~{n}/.ssh", f"`id {n}`", f"$(id {n})", f"| cat {n}", f"; ls {n} &",
        f"http://169.254.169.254/{n}", f"x{n}.php%00.png", f"?to=//{n}", f"#{n}", f"a/{n}/./b//",
    )  # fmt: skip
    return _pick(forms, n)


def _around(signs: str) -> Family:
    def made(n: int) -> str:
        some = "".join(_pick(signs, n * step + step) for step in range(1, 2 + n % 5))
        return f"Sam{some}Okafor {n}{_pick(signs, n)}e"

    return made


def _control(n: int) -> str:
    return f"a{_pick(CONTROLS, n)}b{n}"


def _tower(n: int) -> str:
    return f"e{''.join(_pick(MARKS, n + k) for k in range(3 + n % 60))}{n}"


def _number(n: int) -> str:
    forms = (
        f"{n}" * 40, f"-{n}", f"{2**63 + n}", f"{2**31 + n}", f"1e{n + 300}", f"{n}.{'9' * 30}", f"0x{n:x}",
        f"+{n}", f"{n},{n}", f"١٢٣{n}", f"１{n}", f"{n}²", f"NaN{n}", f"-Infinity{n}", f"0{n:o}", f" {n} ",
        f"{n}_000", f"1/{n}", f"-0.{n}", f"½{n}",
    )  # fmt: skip
    return _pick(forms, n)


def _date(n: int) -> str:
    forms = (
        f"2026-02-3{n % 10}T{n}", f"{10_000 + n}-01-01", f"-{n}-01-01", f"0000-00-0{n}", f"31/02/{2000 + n}",
        f"2026-10-25T01:30:00.{n}", f"24:{n}", f"{n}:61", f"25pm{n}", f"midnight {n}", f"tomorrow{n}",
        f"1969-12-31T23:59:60.{n}Z", f"2026-W{n}", f"{n}BC", f"2026-03-29T01:30:00+{n}:00",
    )  # fmt: skip
    return _pick(forms, n)


def _format(n: int) -> str:
    forms = (
        "%s%{n}$n", "%{n}d", "{{{n}}}", "{{0.__class__}}{n}", "%%{n}%%", "%c%{n}x", "${{jndi:ldap://{n}}}",
        "%2525{n}", "%zz{n}", "100 % {n}", "{{}}{n}", "%({n})", "\\{n}", "\\x{n}", "&{n}=&", "a=b&{n}",
    )  # fmt: skip
    return _pick(forms, n).format(n=n)


def _cell(n: int) -> str:
    return f"{_pick(('=', '+', '-', '@', chr(9), ';', '|', '='), n)}cmd|' /C calc'!A{n}{_pick(',;', n)}\"x\""


def _json(n: int) -> str:
    forms = (
        '{{"a":{n}}}', '["{n}"', '{{"__proto__":{n}}}', '"\\ud800{n}"', "[" * 60 + "{n}", "null{n}", "true,{n}",  # noqa: E501
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///{n}'>]>", "<![CDATA[{n}", "--- {n}",
        "!!python/{n}", "'{n}\": ", "\\u0000{n}", '{{"$ref":"{n}"}}',
    )  # fmt: skip
    return _pick(forms, n).format(n=n)


def _header(n: int) -> str:
    breaks = ("\r\n", "%0d%0a", "\n", "\r", "\u2028", "\u2029", "\u0085")
    return f"x{n}{_pick(breaks, n)}Set-Cookie: pwned={n}{_pick(breaks, n + 1)}Bcc: all@example.org"


def _blank(n: int) -> str:
    spaces = " \u00a0\u2003\u3000\u2009\u1680\t"
    return "".join(_pick(spaces, n + k * k) for k in range(1 + n % 40)) + _pick(
        ("", "x", str(n), "\u3000"), n
    )


def _word(n: int) -> str:
    words = (
        "null", "undefined", "None", "True", "nil", "on", "off", "__proto__", "constructor", "toString",
        "O'Neill", "D’Arcy", "Null", "N/A", "-", "--", "admin", "system:applier", "person:", "form_token",
    )  # fmt: skip
    return _pick(words, n) + ("" if n < len(words) else f" {n}")


def _long(n: int) -> str:
    signs = ("<b hostile>", "Ω", "a", "'\"", "{{", "%", "\u0301", "😀", "x y ", "&amp;")
    return (_pick(signs, n) * LONG)[:LONG]


FAMILIES: Final[Mapping[str, Family]] = {
    "markup": _markup, "script": _script, "template": _template, "sql": _sql, "path": _path,
    "direction": _around(BIDI), "unseen": _around(UNSEEN), "tower": _tower, "emoji": _around(EMOJI),
    "scripts": _around(SCRIPTS), "control": _control, "number": _number, "date": _date, "format": _format,
    "cell": _cell, "json": _json, "header": _header, "blank": _blank, "word": _word,
}  # fmt: skip
OF_EACH: Final = (COUNT - 10) // len(FAMILIES)


def _made() -> Iterator[str]:
    yield from (_long(number) for number in range(10))
    for name, family in FAMILIES.items():
        most = COUNT - 10 - OF_EACH * (len(FAMILIES) - 1) if name == "word" else OF_EACH
        yield from islice(dict.fromkeys(family(number) for number in count_up(most)), most)


def count_up(most: int) -> Iterator[int]:
    """Yield enough numbers for so many different strings."""
    return islice(count(), most * 3)


STRINGS: Final = tuple(_made())
LONG_ONES: Final = STRINGS[:10]
PACK: Final = 100


def packs() -> list[str]:
    """Return all but the long ones, a hundred to a value, one under the other; each pack is of one family."""
    short = STRINGS[10:]
    return ["\n".join(short[begin : begin + PACK]) for begin in range(0, len(short), PACK)]


def sample(many: int, begin: int = 0) -> list[str]:
    """Return so many, spread over all families; another `begin` gives others."""
    step = max(1, len(STRINGS) // many)
    return [STRINGS[(begin + number * step) % len(STRINGS)] for number in range(many)]
