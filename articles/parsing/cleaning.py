"""Characters that no article needs and no database stores."""

import re

_UNWANTED = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 0xAD, 0x200B, 0x2060, 0xFEFF])
_UNWANTED[0xA0] = _UNWANTED[0x202F] = " "
_UNWANTED[9] = " "


def clean(text: str) -> str:
    """`text` with plain newlines and spaces, without control characters and what no database stores."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.translate(_UNWANTED).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def one_line(text: str) -> str:
    """`text` cleaned and on one line."""
    return " ".join(clean(text).split())
