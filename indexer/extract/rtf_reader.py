"""Rich Text Format to paragraphs, tables and fonts (RTF Specification 1.9.1, and what Word writes).

Reads what is seen: pictures, objects, instructions of fields, tables of colours and lists are skipped.
The walk keeps one small state a group and gives up beyond a depth that no writer needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.extract.encodings import narrow
from indexer.extract.failures import corrupt, too_big
from indexer.extract.flow import Block, FlowBuilder, Paragraph, Span
from indexer.extract.legacy_fonts import sign_of
from kb.i18n import _

MAX_DEPTH = 2_000  # groups inside groups
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]|\\",
    re.DOTALL,
)
# Groups that hold no text to be read. Those marked \* are skipped too unless listed below them.
_SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl", "rsidtbl",
    "info", "pict", "object", "objdata", "sp", "shprslt", "do", "themedata", "colorschememapping",
    "datastore", "latentstyles", "xmlnstbl", "generator", "filetbl", "fldinst", "pgptbl",
    "annotation", "atnid", "atnauthor", "atntime", "nonshppict", "private1", "comment",
    "template", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "bkmkstart",
    "bkmkend", "tc", "xe", "rxe", "formfield", "footer", "footerl", "footerr", "footerf", "mmath",
})  # fmt: skip
_KEPT_THOUGH_MARKED = frozenset({"shpinst", "shptxt", "footnote"})
_HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
_APART = {**dict.fromkeys(_HEADERS, "headers"), "footnote": "footnotes", "shptxt": "boxes"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ",
}  # fmt: skip
# \- is U+00AD, the letter ư of TCVN3; where it is a hyphen, cleaning drops it.
_SIGNS = {"~": "\xa0", "_": "-", "-": "\xad", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_PARAGRAPH_SIGNS = ("\n", "\r")  # \ before a line end is \par
# Code pages by \fcharset; legacy Vietnamese fonts are Windows-1252 whatever they say.
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    target: str = "main"  # "" in a group that is skipped
    font: int | None = None
    bold: bool = False
    capitals: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    # Which of a run's several fonts the next \f or \af names: that of this text, or another script's.
    other_script: bool = False
    associated: bool = False


@dataclass(slots=True)
class _Flow:
    """One of the texts of a file: the main one, footnotes, …"""

    builder: FlowBuilder = field(default_factory=FlowBuilder)
    spans: list[Span] = field(default_factory=list)
    centered: bool = False
    in_table: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class RtfText:
    """The blocks of each text of a file."""

    main: list[Block]
    headers: list[Block]
    footnotes: list[Block]
    boxes: list[Block]


def read_rtf(source: str) -> RtfText:
    """The texts of a file, given a character a byte. Raises ExtractionFailed: corrupt, too-big."""
    if not source.startswith("{\\rtf"):
        raise corrupt(_("Tệp RTF"))
    flows = _Reader(source).read()
    return RtfText(
        *(flows[name].builder.blocks() for name in ("main", "headers", "footnotes", "boxes"))
    )


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._fonts = _fonts(source)
        page = re.search(r"\\ansicpg(\d+)", source[:2_000])
        self._code_page = f"cp{page[1]}" if page else "cp1252"
        standard = re.search(r"\\deff(\d+)", source[:2_000])
        self._standard_font = int(standard[1]) if standard else None
        self._state = _State(font=self._standard_font)
        self._flows = {name: _Flow() for name in ("main", "headers", "footnotes", "boxes")}
        self._bytes = bytearray()  # \'xx not decoded yet: a letter may take two
        self._skip = 0  # characters after \u that stand for the same letter

    def read(self) -> dict[str, _Flow]:
        """Walk the whole source."""
        stack: list[_State] = []
        at, opened = 0, False  # `opened`: nothing but \* since the group began
        while match := _TOKEN.match(self._source, at):
            at = match.end()
            if match["brace"] == "{":
                self._flush()
                if len(stack) >= MAX_DEPTH:
                    raise too_big(_("các nhóm RTF lồng nhau quá sâu"))
                stack.append(self._state)
                opened, self._skip = True, 0
                continue
            if match["brace"]:
                self._end_group(stack)
                if not stack:
                    break  # what follows the last brace is no RTF
            elif match["sign"] == "*" and opened:
                at = self._marked(at)
            elif match["word"] == "bin":
                at += max(int(match["number"] or 0), 0)
            elif match["word"]:
                self._word(match["word"], match["number"], opened)
            elif self._state.target:
                self._characters(match)
            opened = False
        self._flush()
        for flow in self._flows.values():
            if flow.spans:
                self._end_paragraph(flow)
        return self._flows

    # ------------------------------------------------------------ groups

    def _marked(self, at: int) -> int:
        """A group `{\\*\\word`: to be skipped by who does not know the word."""
        match = _TOKEN.match(self._source, at)
        word = match["word"] if match else None
        if word in _KEPT_THOUGH_MARKED:
            return at
        self._state = replace(self._state, target="")
        return match.end() if match and word and word != "bin" else at

    def _end_group(self, stack: list[_State]) -> None:
        self._flush()
        before = self._state.target
        if stack:
            self._state = stack.pop()
        if before != self._state.target and before in ("footnotes", "headers", "boxes"):
            flow = self._flows[before]
            if flow.spans:
                self._end_paragraph(flow)
        self._skip = 0

    # ------------------------------------------------------------ text

    def _characters(self, match: re.Match[str]) -> None:
        if match["byte"] is not None:
            if self._skip:
                self._skip -= 1
            else:
                self._bytes.append(int(match["byte"], 16))
        elif match["sign"] is not None:
            if match["sign"] in _PARAGRAPH_SIGNS:
                self._word("par", None, opened=False)
            else:
                self._add(_SIGNS.get(match["sign"], ""))
        elif match["text"]:
            text = match["text"][self._skip :]
            self._skip = max(self._skip - len(match["text"]), 0)
            if text.isascii():
                self._add(text)
            else:
                self._bytes += text.encode("latin-1", "replace")

    def _add(self, text: str) -> None:
        self._flush()
        state = self._state
        if text and state.target and not state.hidden:
            name = self._fonts.get(state.font, ("", 0))[0] if state.font is not None else None
            self._flows[state.target].spans.append(Span(text, name, state.bold, state.capitals))

    def _flush(self) -> None:
        if not self._bytes:
            return
        content = bytes(self._bytes)
        self._bytes.clear()
        name, charset = self._fonts.get(self._state.font or 0, ("", 0))
        page = _CODE_PAGES.get(charset, self._code_page)
        if charset == 2 or sign_of(name) is not None or page == "cp1252":
            text = narrow(content)
        else:
            try:
                text = content.decode(page, "replace")
            except LookupError:
                text = narrow(content)
        self._add(text)

    # ------------------------------------------------------------ control words

    def _word(self, word: str, number: str | None, opened: bool) -> None:
        self._flush()
        if opened and (word in _SKIPPED or word in _APART):
            self._state = replace(self._state, target=_APART.get(word, "") and self._apart(word))
            return
        target = self._state.target
        if not target:
            return
        flow = self._flows[target]
        if word == "u":
            self._add(chr(int(number or 0) % 0x10000))
            self._skip = self._state.unicode_skip
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "par":
            self._end_paragraph(flow)
        elif word in ("cell", "nestcell"):
            self._end_cell(flow, nested=word == "nestcell")
        elif word == "row":
            flow.builder.end_row()
        elif word in ("page", "sect"):
            if flow.spans:
                self._end_paragraph(flow)
            flow.new_page = True
        else:
            self._format(word, number, flow)

    def _apart(self, word: str) -> str:
        # A group inside one that is skipped is skipped as well.
        return _APART[word] if self._state.target else ""

    def _format(self, word: str, number: str | None, flow: _Flow) -> None:
        state, on = self._state, number != "0"
        if word == "pard":
            flow.centered = flow.in_table = False
        elif word == "intbl":
            flow.in_table = True
        elif word in ("qc", "ql", "qr", "qj"):
            flow.centered = word == "qc"
        elif word == "pagebb":
            flow.new_page = True
        elif word == "plain":
            self._state = replace(
                state, font=self._standard_font, bold=False, capitals=False, hidden=False
            )
        elif word == "b":
            self._state = replace(state, bold=on)
        elif word == "caps":
            self._state = replace(state, capitals=on)
        elif word in ("v", "deleted"):
            self._state = replace(state, hidden=on)
        elif word == "uc":
            self._state = replace(state, unicode_skip=max(int(number or 1), 0))
        elif word in ("loch", "hich", "ltrch"):
            self._state = replace(state, other_script=False, associated=word != "ltrch")
        elif word in ("dbch", "rtlch"):
            self._state = replace(state, other_script=True, associated=False)
        elif (word == "f" or (word == "af" and state.associated)) and not state.other_script:
            self._state = replace(state, font=int(number or 0))

    def _end_paragraph(self, flow: _Flow) -> None:
        new_page = flow.new_page and not flow.in_table
        flow.builder.add(Paragraph(flow.spans, flow.centered, new_page), in_table=flow.in_table)
        flow.spans, flow.new_page = [], False

    def _end_cell(self, flow: _Flow, *, nested: bool) -> None:
        """A cell of a table inside a cell counts as a paragraph of the outer one."""
        flow.builder.add(Paragraph(flow.spans, flow.centered), in_table=True)
        flow.spans = []
        if not nested:
            flow.builder.end_cell()


def _fonts(source: str) -> dict[int | None, tuple[str, int]]:
    """Name and \\fcharset of every font of the table."""
    start = source.find("{\\fonttbl")
    fonts: dict[int | None, tuple[str, int]] = {}
    if start < 0:
        return fonts
    number, charset, name, depth = None, 0, "", 0
    skipped_at: int | None = None
    for match in _tokens(source, start):
        if match["brace"] == "{":
            depth += 1
        elif match["brace"]:
            skipped_at = None if skipped_at == depth else skipped_at
            depth -= 1
            if depth <= 0:
                break
        elif match["sign"] == "*" or match["word"] in ("panose", "falt", "fname", "fontemb"):
            skipped_at = depth if skipped_at is None else skipped_at
        elif match["word"] == "f":
            number, charset, name = int(match["number"] or 0), 0, ""
        elif match["word"] == "fcharset":
            charset = int(match["number"] or 0)
        elif match["text"] and number is not None and skipped_at is None:
            before, end, _rest = match["text"].partition(";")
            name += before
            if end:
                fonts[number] = (name.strip(), charset)
    return fonts


def _tokens(source: str, at: int) -> Iterator[re.Match[str]]:
    while match := _TOKEN.match(source, at):
        yield match
        at = match.end()
