"""The HTTP server: uvicorn, which stops without waiting for pages that stay open."""

import socket

import uvicorn
from fastapi import FastAPI

from web.state import State


class Server(uvicorn.Server):
    """Serves one application of ours."""

    def __init__(self, app: FastAPI, host: str = "127.0.0.1", port: int = 8000) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                access_log=False,  # ours has no addresses in it
                log_level="warning",
                server_header=False,
                date_header=True,
                timeout_graceful_shutdown=10,
                timeout_keep_alive=30,
            )
        )
        self._state: State = app.state.homeward

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._state.changes.close()
        await super().shutdown(sockets)
