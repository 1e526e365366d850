"""The web part: what is served over HTTP while the bot runs."""
