"""How cookies of ours are called: under https the browser itself keeps others from setting them.

Source: OWASP ASVS 5.0, 3.3.1 and 3.3.3.
"""

from web.site import Site


def called(site: Site, name: str, *, everywhere: bool = True) -> str:
    """Return a cookie's name; `everywhere`: it goes with every address, and not with some of them alone."""
    if not site.secure:
        return name
    return f"__Host-{name}" if everywhere else f"__Secure-{name}"
