"""A real provider of OpenID Connect on a free port."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it uses what Authlib will leave to another library
    from oidc_provider_mock import User, run_server_in_thread

__all__ = ["User", "provider"]


@contextmanager
def provider(people: Sequence[User]) -> Iterator[str]:
    """Run it for these people, and yield its issuer."""
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"
