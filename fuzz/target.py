"""What is claimed of any bytes: a workspace with them is loaded and its findings shown; an edit is exact or refused.

Nothing here needs the fuzzer, so that the ordinary tests replay found cases.
"""

import json
import time
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cchc.core.codes import CODES
from cchc.core.diagnostics import errors
from cchc.core.reviews import Stored
from cchc.texts import Language, translator
from cchc.views import findings
from cchc.workspace import files, splice, yamltree
from cchc.workspace.files import Read
from cchc.workspace.load import Loaded, load
from cchc.workspace.patch import tree
from cchc.workspace.splice import Intent, NotMinimal

SECONDS = 2.0  # that an input may take
DAY = date(2023, 6, 20)
DATA = "data/2023-06.yaml"
WORKSPACE: Mapping[str, bytes] = {
    "plan/plan.yaml": (
        "format: cchc/1\nid: thu\ntitle: Kế hoạch thử\ndocument: {number: 1/KH, date: 2021-12-20}\n"
        "term: {from: 2021, to: 2025}\nunit: {name: Xã Thử, authority: Ủy ban nhân dân xã Thử}\n"
    ).encode(),
    "plan/owners.yaml": "format: cchc/1\nowners:\n  - {id: van-phong, name: Văn phòng}\n".encode(),
    "plan/areas/1-thu.yaml": (
        "format: cchc/1\narea: thu\ntitle: Thử\nowner: van-phong\nindicators:\n"
        '  - {id: dung-han, name: Đúng hạn, kind: ratio, unit: "%", numerator: n, denominator: d, frequency: month}\n'
        "  - {id: so-luong, name: Số lượng, kind: count, frequency: month}\n"
        "  - {id: kinh-phi, name: Kinh phí, kind: number, frequency: month}\n"
        "  - {id: cong-khai, name: Công khai, kind: yes_no, frequency: month, phrases: {yes: đã, no: chưa}}\n"
        "  - {id: hang, name: Hạng, kind: rank, frequency: month}\n"
        "  - {id: loai, name: Loại, kind: grade, frequency: month, scale: [yếu, khá, tốt]}\n"
        "  - {id: loi, name: Lời, kind: narrative, frequency: month}\n"
        "tasks:\n  - {id: viec, ref: II.1.b.1, title: Việc, repeats: year}\n"
    ).encode(),
    "plan/solutions.yaml": b"format: cchc/1\ntasks: []\nfunding: []\n",
    "plan/statistics.yaml": (
        "format: cchc/1\nstatistics:\n  - {id: tong, name: Tổng, kind: count, frequency: month, owner: van-phong}\n"
    ).encode(),
    DATA: (
        "format: cchc/1\nperiod: 2023-06\nmeasurements:\n  dung-han: {numerator: 412, denominator: 418}\n"
        "  so-luong:\n    value: 5  # đếm tay\n"
    ).encode(),
    "data/closed.yaml": b"format: cchc/1\nclosed: []\n",
    "data/reports.yaml": b"format: cchc/1\nreports: []\n",
}
NAMES = (DATA, *(name for name in WORKSPACE if name != DATA))  # the first byte of an input picks the file
_TRANSLATIONS = tuple(translator(language) for language in Language)


class Memory(NamedTuple):
    """The files of a workspace that lies nowhere."""

    contents: Mapping[str, bytes]

    def read(self, file: str) -> Read:
        """Return the text of a file."""
        data = self.contents.get(file)
        return Read(file, None, code=files.MISSING) if data is None else files.decoded(file, data)

    def exists(self, file: str) -> bool:
        """Whether it is there."""
        return file in self.contents

    def names(self, folder: str, *, suffixes: tuple[str, ...] = files.SUFFIXES) -> list[str]:
        """Return the names in a folder."""
        inside = (name.removeprefix(f"{folder}/") for name in self.contents if name.startswith(f"{folder}/"))
        return sorted({name.partition("/")[0] for name in inside if name.partition("/")[0].endswith(suffixes)})

    def stored(self, file: str, *, hashed: bool) -> Stored:
        """Return that no evidence is there."""
        return Stored(exists=hashed and not file)


def one(data: bytes) -> None:
    """Hold the claims against an input; any exception is a case."""
    name, content = NAMES[data[0] % len(NAMES)] if data else DATA, data[1:]
    begun = time.perf_counter()
    loaded = load(Memory({**WORKSPACE, name: content}), reviewed_on=DAY)
    _check_problems(loaded)
    _check_texts(loaded)
    if name == DATA and not errors(loaded.problems):
        _check_edit(content.decode("utf-8"))
    took = time.perf_counter() - begun
    assert took < SECONDS, f"{took:.1f} s"


def _check_problems(loaded: Loaded) -> None:
    for problem in loaded.problems:
        assert problem.code in CODES
        if problem.span is not None and problem.lines:
            text = loaded.documents[problem.file]
            assert problem.lines == (text.line(problem.span.line),)
            assert 1 <= problem.span.column <= len(problem.lines[0]) + 2


def _check_texts(loaded: Loaded) -> None:
    for translate in _TRANSLATIONS:
        for form in ("text", "json", "github", "sarif"):
            text = findings.render(form, loaded.problems, 1, translate, DAY)
            text.encode("utf-8")
            hidden = [sign for sign in set(text) - {"\n", "\t"} if not sign.isprintable()]
            assert not [sign for sign in hidden if unicodedata.category(sign) != "Zs"], f"{form}: {hidden}"
            if form in {"json", "sarif"}:
                json.loads(text)


def _check_edit(text: str) -> None:
    document = yamltree.parse(DATA, text)
    for fields in ({"value": "7"}, {"value": "7", "note": "một\nhai: #"}, None):
        try:
            after = splice.edited(document, Intent("measurements", "so-luong", fields), ("dung-han", "so-luong"))
        except NotMinimal:
            continue
        assert document.root is not None
        read = yamltree.parse(DATA, after)
        assert read.root is not None
        assert tree(read.root) == splice.intended(document.root, Intent("measurements", "so-luong", fields))
