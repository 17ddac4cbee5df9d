"""An HTML document that loads nothing and runs nothing: its head with the policy that forbids both."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from cowpath.formats.html.stylesheet import stylesheet
from cowpath.formats.painting.xml import escaped


def document(title: str, header: str, sections: Iterable[str], *, rules: str = "") -> bytes:
    """Return a page that stands alone; `title` is text, header and sections are markup.

    `rules` are of this page alone, and follow those of every page.
    """
    style = f"{stylesheet()}{rules}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = (
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="cowpath">',
        f"<title>{escaped(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        header,
        "<main>",
        *sections,
        "</main>",
        "</body>",
        "</html>",
    )
    return "".join(f"{line}\n" for line in lines).encode()
