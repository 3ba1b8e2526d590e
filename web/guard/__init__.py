"""What stands between the outside and the answers: hosts, headers, sizes, rates, tokens, forms."""
