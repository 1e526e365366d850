"""The words of the bot, one catalogue for each language."""
