"""Where it is kept: records, readers, moderators, drafts and the outbox. The only home of SQL."""
