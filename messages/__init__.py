"""How it is said: records become text and buttons, in every language. Pure; imports exchange."""
