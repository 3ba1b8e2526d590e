"""HEAD is answered by a page as GET is, without the body: monitors and previews of links ask so."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_HERE = ("/api/", "/live")
"""The API says which methods it takes; the stream of events never ends."""


class AnswersHead:
    """Asks within for the whole answer, and lets only its head out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(NOT_HERE):
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, sending)
