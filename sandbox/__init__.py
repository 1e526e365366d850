"""A stand-in for Telegram: real HTTP, the Bot API's own rules, and nothing leaves this computer."""
