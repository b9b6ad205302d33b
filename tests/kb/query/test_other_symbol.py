"""Another symbol that may be meant, from what documents are filed under."""

import pytest

from kb.query.other_symbol import other_symbol
from kb.query.parser import parse
from kb.vietnamese.symbols import parse as read_symbol
from kb.vietnamese.symbols import search_keys

FILED = (
    *("09/CT-TTg", "09-CT/TW", "12/KH-UBND", "12/KH-CAT-PV05", "12/KH-CAH", "30/2023/TT-BCA"),
    *("08/CT-TTg", "08-CT/TW", "08-CT/TU"),
)


class Filed:
    """The symbols of some documents, as kb.query.vocabulary gives them."""

    def symbols(self, beginning):
        keys = [key for written in FILED for key in search_keys(read_symbol(written))]
        return {key: keys.count(key) for key in keys if key.startswith(beginning)}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("09/CT-TTg", "09-CT/TW"),
        ("9-CT/TW", "9/CT-TTg"),
        ("chi thi 09 ct tw", "09/CT-TTg"),
        ("08/CT-TTg", None),  # two of the Party: which?
        # of others only where no document has what was typed
        ("12/KH-UBND", None),
        ("12/KH-CAT-PV03", "12/KH-CAT-PV05"),
        ("30/2023/TT-BCT", "30/2023/TT-BCA"),
        ("12/KH-XYZW", None),  # nothing like it
        ("13/KH-UBND", None),
        ("30/2022/TT-BCA", None),  # of another year
        ("09/CT-TTg phong trào", None),
        ("công văn 9", None),
        ("phong trào", None),
        ("", None),
    ],
)
def test_other_symbol(query, meant):
    assert other_symbol(parse(query), Filed()) == meant
