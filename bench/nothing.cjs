// Bare Node: what a program costs that does nothing at all.
