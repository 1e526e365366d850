"""One module a step, in the order of their numbers; a published step never changes."""
