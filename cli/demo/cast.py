"""Which invented child an episode is of: found by the notifications that it was told with."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from cli.demo.broken import Broken
from cli.demo.child import Child
from cli.demo.children import children, strangers
from cli.demo.programme import Post
from cli.demo.stage import STRANGERS


class Cast:
    """Follows the programme as the forces do; `posts` are in the order in which they are due.

    `written` are the notifications that come of what forces write instead: it is no harm to know them early.
    """

    def __init__(self, posts: Iterable[Post], written: Iterable[Mapping[str, Any]] = ()) -> None:
        self._posts = iter(posts)
        self._next: Post | None = None
        self._told: dict[str, Child] = {}
        for event in written:
            self._hear(event)

    def follow(self, now: datetime) -> None:
        """Hear everything that was due to be told by now."""
        while True:
            post = self._next or next(self._posts)
            self._next = post
            if post.due_at > now:
                return
            self._next = None
            if not isinstance(post.message, Broken):
                self._hear(post.message)

    def of(self, notifications: Iterable[str]) -> Child | None:
        """Return the child whom these notifications, by their ids, are about; None if nobody can say so."""
        return next((self._told[id_] for id_ in notifications if id_ in self._told), None)

    def _hear(self, event: Mapping[str, Any]) -> None:
        said = event["data"]["child"]
        if child := _by_name().get((said.get("family_name", ""), said.get("given_names", ""))):
            self._told[str(event["id"])] = child


@cache
def _by_name() -> dict[tuple[str, str], Child]:
    return {(child.family_name, child.given_names): child for child in (*children(), *strangers(STRANGERS))}
