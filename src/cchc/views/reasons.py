"""Sentences of libyaml and of the operating system that stand inside our messages, to be translated with them."""

from cchc.texts import mark

FOREIGN = frozenset(
    {
        mark("mapping values are not allowed in this context"),
        mark("did not find expected key"),
        mark("did not find expected ',' or '}'"),
        mark("did not find expected ',' or ']'"),
        mark("did not find expected '-' indicator"),
        mark("could not find expected ':'"),
        mark("found unexpected end of stream"),
        mark("found character that cannot start any token"),
        mark("found unknown escape character"),
        mark("did not find expected node content"),
        mark("did not find expected <document start>"),
        mark("block sequence entries are not allowed in this context"),
        mark("found unexpected document indicator"),
        mark("did not find expected alphabetic or numeric character"),
        mark("found a tab character that violates indentation"),
        mark("found undefined tag handle"),
        mark("control characters are not allowed"),
        mark("Permission denied"),
        mark("No such file or directory"),
        mark("Is a directory"),
        mark("Not a directory"),
        mark("File exists"),
        mark("Read-only file system"),
        mark("No space left on device"),
        mark("Too many levels of symbolic links"),
        mark("File name too long"),
        mark("not a regular file"),
        mark("not merged yet"),
        mark("a link out of the workspace"),
    }
)
