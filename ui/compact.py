"""What the browser is sent of code that is written to be read."""


def compact(code: str) -> str:
    """Return JavaScript or CSS without its indents and its lines of comment, each of which ends where its line does."""
    lines = map(str.strip, code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
