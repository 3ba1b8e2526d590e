"""The JSON API: what machines send and read."""
