"""What a command says when it cannot go on: one line, never a traceback."""

OURS = frozenset({"schemas", "domain", "store", "connectors", "casework", "streams", "flows", "web", "cli"})


class Stop(Exception):
    """A command ends here: one sentence for people, and its exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def sentence_of(error: Exception) -> str:
    """Return one line for people: our own errors as they are, others with what to do about them."""
    if type(error).__module__.split(".")[0] in OURS:
        return on_one_line(str(error))
    if isinstance(error, OSError) and error.strerror:
        where = f"{shown(error.filename)}: " if error.filename else ""
        return f"{where}{error.strerror}: mend that and try again"
    first = (str(error).strip().splitlines() or ["no reason given"])[0]
    return (
        f"this should not have happened ({type(error).__name__}: {first}):"
        " run it again with HOMEWARD_DEBUG=1 and report what it says"
    )


def on_one_line(text: str) -> str:
    """Return text without line breaks, so that a message stays one line."""
    return " ".join(text.split())


def shown(what: object) -> str:
    """Return a name or a text so that it can be printed, and does nothing to a terminal."""
    return "".join(
        one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode()
        for one in str(what)
    )
