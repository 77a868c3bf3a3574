"""`python -m tools.templates [--check]`."""

import argparse
import sys

from tools.templates.library import TEMPLATES, format_all


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail when a template is not as it would be"
    )
    check = parser.parse_args().check
    changed = format_all(write=not check)
    for path in changed:
        print(("would change " if check else "formatted ") + str(path.relative_to(TEMPLATES)))
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
