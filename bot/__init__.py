"""The process: settings, command line, intake of updates, sender of alerts, and how they fit."""
