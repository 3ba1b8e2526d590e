"""Forms of ours that bring a file: read whole, of a limited size, and with the token of our page.

Source: OWASP ASVS 5.0, 5.2 (size of files), 3.5.1 (forgery of requests).
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from web.guard import forms
from web.guard.bodies import read_body
from web.guard.forms import Typed
from web.problems import Refused

MOST_BYTES: Final = 1_000_000
MOST_FILES: Final = 10
MULTIPART: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came; its name is the sender's word, and no path of ours."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was typed, and the files that were chosen, by field; a field without a file is not there."""

    fields: Typed
    files: Mapping[str, File] = field(default_factory=dict)


def upload_of(most_bytes: int = MOST_BYTES) -> Callable[[Request], Awaitable[Uploaded]]:
    """Return what reads a form with files of at most so many bytes, all fields together."""

    async def uploaded(request: Request) -> Uploaded:
        if _media_type(request) != MULTIPART:
            return Uploaded(await forms.typed(request))
        forms.check_origin(request)
        sent = await _parsed(request, await read_body(request, most_bytes))
        forms.check_token(request, sent.fields)
        request.state.typed = sent.fields
        return sent

    return uploaded


Upload = Annotated[Uploaded, Depends(upload_of())]
"""A form that may bring files.

Raises:
    Refused: it came from elsewhere, is too large, or cannot be read.
"""


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _parsed(request: Request, body: bytes) -> Uploaded:
    unreadable = Refused(HTTPStatus.BAD_REQUEST, "The form cannot be read: open the page again.")
    if "charset" in request.headers["content-type"].lower():
        raise unreadable  # no browser says one, and the parser would take any codec of Python's
    parser = MultiPartParser(
        request.headers,
        _at_once(body),
        max_files=MOST_FILES,
        max_fields=forms.MOST_FIELDS,
        max_part_size=max(len(body), 1),
    )
    try:
        return await _read(await parser.parse())
    except MultiPartException as error:
        raise unreadable from error


async def _at_once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


async def _read(form: FormData) -> Uploaded:
    fields: dict[str, str] = {}
    files: dict[str, File] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            fields[name] = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        elif value.filename:
            files[name] = File(value.filename, await value.read())
    await form.close()
    return Uploaded(fields, files)
