"""A child's safety plan: a pure fold of what approved records bring and what people do to its actions."""
