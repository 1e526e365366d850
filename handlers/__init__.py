"""What people do: an update of Telegram, read; the store, asked; a message, answered."""
