"""The process of `apart`."""

import sys

from connectors.documents.apart import main

main(*sys.argv[1:])
