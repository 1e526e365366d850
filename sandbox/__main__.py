"""`python -m sandbox`: the stand-in, the bot beside it, and a page to try them."""

from __future__ import annotations

import sys

from sandbox.demo import main

if __name__ == "__main__":
    sys.exit(main())
