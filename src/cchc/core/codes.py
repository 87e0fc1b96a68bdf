"""The catalogue of findings: stable codes, their severity, message and remedy as English message ids."""

from enum import StrEnum
from typing import NamedTuple

from cchc.texts import mark


class Severity(StrEnum):
    """An error stops reports; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Code(NamedTuple):
    """What a code says: message and remedy are message ids with `{placeholders}`."""

    message: str
    remedy: str
    severity: Severity = Severity.ERROR


def _warning(message: str, remedy: str) -> Code:
    return Code(message, remedy, Severity.WARNING)


CODES: dict[str, Code] = {
    # E0xx: the file
    "E001": Code(
        mark("the file cannot be read: {reason}"), mark("Check that it is an ordinary file with read permission.")
    ),
    "E002": Code(
        mark("the file is not UTF-8 text"), mark("Save the file as UTF-8 (in Notepad: Save as, Encoding UTF-8).")
    ),
    "E003": Code(
        mark("control character {character} in the file"),
        mark("Delete the character; it cannot be seen in most editors."),
    ),
    "E004": Code(
        mark("the file is larger than {limit} bytes"), mark("Split the file; a month's figures take a few kilobytes.")
    ),
    "E005": Code(
        mark("the file name is not that of a period"),
        mark("Name data files by their period: 2023-06.yaml, 2023Q2.yaml, 2023.yaml; {closest} comes closest."),
    ),
    "E006": Code(
        mark("the file says period {period}, but its name says {name}"),
        mark("Correct the period, or rename the file to {period}.yaml."),
    ),
    "E007": Code(
        mark("the file's format is {text}, this program reads cchc/1"),
        mark("Write `format: cchc/1`; for a newer format install a newer cchc."),
    ),
    "E008": Code(mark("the file is missing"), mark("Create {file}; `cchc init` shows what it looks like.")),
    "E009": Code(
        mark("findings in this file that are not shown: {count}"),
        mark("Mend the ones above and check again; often a few mistakes make them all."),
    ),
    "E010": Code(
        mark("the file holds more than {limit} keys and values"),
        mark("Split the file; a month's figures are a few hundred."),
    ),
    # E1xx: what of YAML is not used
    "E101": Code(
        mark("this is not valid YAML: {reason}"),
        mark("Compare the line and the one above with a neighbouring entry: colon, indentation, quotes."),
    ),
    "E102": Code(mark("the key {key} stands twice"), mark("Keep one of the two; it stands first on line {line}.")),
    "E103": Code(
        mark("anchors and aliases (& and *) are not used here"),
        mark("Write the value out; a text that starts with & or * goes into quotes."),
    ),
    "E104": Code(
        mark("tags (!) are not used here"), mark("Delete the tag; a text that starts with ! goes into quotes.")
    ),
    "E105": Code(mark("merge keys (<<) are not used here"), mark("Write the entries out.")),
    "E106": Code(mark("a second document begins here"), mark("Delete the line; one file holds one document.")),
    "E107": Code(mark("a tab stands in the indentation"), mark("Indent with spaces, two a level.")),
    "E108": Code(
        mark("an unresolved merge conflict stands here"),
        mark("Keep the right figure and delete the lines that start with <<<<<<<, ======= and >>>>>>>."),
    ),
    "E109": Code(
        mark("the file is nested deeper than {limit} levels"),
        mark("No file of a plan goes deeper than six levels; correct the brackets or the indentation."),
    ),
    "E110": Code(
        mark("a key must be a plain text"),
        mark("Write one word as the key; a text that starts with ? or [ or {{ goes into quotes."),
    ),
    "E111": Code(mark("the file holds no entries"), mark("Begin with `format: cchc/1`, or delete the file.")),
    "E112": Code(mark("directives (%) are not used here"), mark("Delete the line.")),
    # E2xx: the shape and the values of a record
    "E201": Code(mark("unknown key {key}"), mark("Known here: {known}.")),
    "E202": Code(mark("the key {key} is missing"), mark("Add {key}.")),
    "E203": Code(
        mark("numerator {numerator} is larger than denominator {denominator}"),
        mark("Check the figures; a share cannot exceed 100%."),
    ),
    "E204": Code(
        mark("{expected} is expected here"),
        mark("Compare with a neighbouring entry, or with the file format in the README."),
    ),
    "E205": Code(
        mark("{text} stands for nothing and is not a value"),
        mark("Leave the place after the colon empty, or delete the line; a text `{text}` goes into quotes."),
    ),
    "E206": Code(mark("{text} is not a number; plain YAML would read {reading}"), mark("Type {hint}.")),
    "E207": Code(
        mark("{text} is not a whole number{reading}"), mark("Type a whole number without separators, e.g. 1234.")
    ),
    "E208": Code(mark("{text} is below {minimum}"), mark("Type a number from {minimum} on.")),
    "E209": Code(mark("{text} is not a date{reading}"), mark("Type dates as year-month-day: 2023-06-15.")),
    "E210": Code(mark("{text} is not a period{reading}"), mark("Type {closest}.")),
    "E211": Code(mark("{text} is none of the known values{reading}"), mark("Type one of: {known}{nearest}.")),
    "E212": Code(
        mark("{text} is not an id{reading}"),
        mark("Ids are lower-case letters without tone marks, digits and single hyphens: ho-so-dung-han."),
    ),
    "E213": Code(
        mark("{text} is neither yes nor no{reading}"),
        mark("Type one of: yes, no, true, false, có, không, đạt, không đạt."),
    ),
    "E214": Code(
        mark("the denominator is 0, but the numerator is {numerator}"),
        mark("Where nothing arose both are 0; else correct the denominator."),
    ),
    "E215": Code(
        mark("a value stands beside numerator and denominator"),
        mark("Keep the counts and delete the value; it follows from them."),
    ),
    "E216": Code(
        mark("the key {key} does not belong to an indicator of kind {kind}"),
        mark("An entry of this kind holds {known}."),
    ),
    "E217": Code(mark("the figure is missing"), mark("Add {known}.")),
    "E218": Code(
        mark("rank {value} is not among {of}"), mark("The rank is at least 1 and at most the number of ranked units.")
    ),
    "E219": Code(mark("the text is empty"), mark("Type the text, or delete the line.")),
    "E220": Code(
        mark("the share {value} exceeds 100%"),
        mark("Check the figure; an indicator that may exceed 100% says `share: false` in the plan."),
    ),
    "E221": Code(
        mark("{text} is not a whole year between 1900 and 2199{reading}"),
        mark("Type the year with four digits, e.g. 2023."),
    ),
    "E222": Code(mark("{text} is above {maximum}"), mark("Type a number up to {maximum}.")),
    "E223": Code(
        mark("{text} is neither a path inside the workspace nor an https address"),
        mark("Give the path from the workspace's folder with /, an https:// address, or title and document."),
    ),
    "E224": Code(
        mark("{key} stands beside a survey's tally"),
        mark("Keep the tally and delete {key}; it follows from the answers."),
    ),
    "E225": Code(
        mark("{text} is no name of {digits} hexadecimal digits"),
        mark("The program writes it; take the line from the history again: git log -p data/closed.yaml"),
    ),
    "E226": Code(
        mark("“{text}” names no cell, no column and no sum of these"),
        mark("Write a cell as E12, a column as E or <its head>, with + or - between them."),
    ),
    "E227": Code(
        mark("there are {count} {narrow}, but {most} {wide}"),
        mark("Compare with the survey's records: of the forms handed out some return, of these some are valid."),
    ),
    "E228": Code(
        mark("the survey ends on {last}, before it begins on {first}"), mark("Correct the days `from` and `to`.")
    ),
    "E229": Code(
        mark("a question has {answers} answers from {forms} forms"),
        mark("Count again: a form answers a question at most once."),
    ),
    # E3xx: between files
    "E301": Code(
        mark("the plan has no indicator or statistic {id}"),
        mark("Correct the id{nearest}; `cchc list indicators` shows them all."),
    ),
    "E302": Code(
        mark("{id} is measured by {frequency}; this file is about {period}"),
        mark("Move the entry to the file of its own period."),
    ),
    "E303": Code(
        mark("the period {period} lies outside the plan's term {term}"),
        mark("Correct the period; a new plan is a new workspace."),
    ),
    "E304": Code(mark("no owner {id} in plan/owners.yaml"), mark("Correct the id{nearest}.")),
    "E305": Code(mark("the plan has no area {id}"), mark("Correct the id{nearest}; `general` is for the whole.")),
    "E306": Code(mark("the plan has no task {id}"), mark("Correct the id{nearest}; `cchc list tasks` shows them all.")),
    "E307": Code(mark("{text} is not on the scale{reading}"), mark("Type one of: {known}{nearest}.")),
    "E308": Code(
        mark("this file says illustrative: {illustrative}, most others do not"),
        mark("Made-up and real figures never stand in one workspace; move the file to where it belongs."),
    ),
    "E309": Code(
        mark("figures cannot be about {period}"),
        mark("Figures stand in the file of a month, a quarter or a year; remarks and tasks may stand here."),
    ),
    "E310": Code(mark("nothing in the plan has the id {id}"), mark("Correct the id{nearest}.")),
    "E311": Code(
        mark("{id} is valid {valid}; {period} lies outside"), mark("Delete the entry, or correct `valid` in the plan.")
    ),
    # E4xx: the plan
    "E401": Code(mark("the id {id} is used twice"), mark("Give each its own id; the other stands in {file}.")),
    "E402": Code(
        mark("the ref {ref} is used twice"),
        mark("Tell them apart: “{ref} (ý 1)”, “{ref} (ý 2)”; the other stands in {file}."),
    ),
    "E403": Code(mark("two targets are in force from {year}"), mark("Keep one, or correct its year.")),
    "E404": Code(mark("two targets are due by {year}"), mark("Keep one, or correct its year.")),
    "E405": Code(mark("the lower bound {low} is above the upper bound {high}"), mark("Write the smaller bound first.")),
    "E406": Code(
        mark("the year {year} lies outside the plan's term {term}"),
        mark("Correct the year, or the term in plan/plan.yaml."),
    ),
    "E407": Code(
        mark("a target has exactly one of at_least, at_most, equal_to, between"),
        mark("Keep the one that the plan's text means."),
    ),
    "E408": Code(
        mark("a target has either from or by"),
        mark("Write `from` for a target in force every year, `by` for one due at the end of a year."),
    ),
    "E409": Code(mark("{key} does not fit an indicator of kind {kind}"), mark("Possible here: {known}.")),
    "E410": Code(
        mark("the aggregation {text} does not fit an indicator of kind {kind}"), mark("Possible here: {known}.")
    ),
    "E411": Code(mark("an indicator of kind {kind} needs {key}"), mark("Add {key}.")),
    "E412": Code(
        mark("`interpolate: linear` needs a baseline before the year of a target with `by` and at_least or at_most"),
        mark("Add the baseline, or delete interpolate."),
    ),
    "E413": Code(mark("the end {high} lies before the beginning {low}"), mark("Write the earlier one first.")),
    "E414": Code(mark("nobody owns {id}"), mark("Name an owner here or for the area.")),
    "E415": Code(
        mark("a task has one of repeats or due"),
        mark("Write `repeats: continuous`, `year` or `quarter`, or the year it is due."),
    ),
    "E416": Code(mark("{key} stands under an indicator of kind {kind}, which has none"), mark("Delete the key.")),
    "E417": Code(
        mark("reports put the area {id} itself under another heading: {other}"),
        mark("Name an area that has a heading of its own."),
    ),
    # E6xx: closed periods
    "E601": Code(
        mark("{period} was closed on {on}, but what its report rests on has changed since"),
        mark("Put back what was there, or correct with `cchc correct`, or open it again with `cchc reopen`."),
    ),
    "E602": Code(
        mark("{period} is closed twice"),
        mark("Keep one of the two; a period that was opened again has `reopened` in its earlier closing."),
    ),
    "E603": Code(
        mark(
            "the figure {id} of {period} is not what it was at the closing of {closed} on {on}: then {old}, now {new}"
        ),
        mark("Put back the old figure, then: cchc correct {id} VALUE -p {period} --reason … --document …"),
    ),
    "E604": Code(
        mark("the definition of {id} is not what it was at the closing of {closed} on {on}; changed: {what}"),
        mark("Put it back; for another target add one with `from`, or open the period again: cchc reopen {closed}"),
    ),
    "E605": Code(
        mark("{period} was opened again on {reopened}, before it was closed on {on}"), mark("Correct the day.")
    ),
    "E606": Code(
        mark("the figure {id} of {period} was changed after its correction or supplement of {on}, without a trace"),
        mark("Put back the figure that was there, then: cchc correct {id} VALUE -p {period} --reason … --document …"),
    ),
    "E607": Code(
        mark("what stands beside {id} of {period} is not what it was at the closing of {closed} on {on}: {what}"),
        mark("Put it back; it changes only when the period is opened again: cchc reopen {closed}"),
    ),
    # W5xx: worth a look
    "W501": Code(
        mark("{whole} is {total}, but its parts add up to {sum}"),
        mark("Compare with the source: {parts}."),
        Severity.WARNING,
    ),
    "W502": _warning(
        mark("the plan's own number and date are not recorded"),
        mark("Fill in `document` once the signed plan is at hand; nothing is invented meanwhile."),
    ),
    "W503": _warning(
        mark("this file is not read"),
        mark(
            "plan/ holds plan.yaml, owners.yaml, solutions.yaml, statistics.yaml, areas/*.yaml and imports/*.yaml; "
            "rename or move it."
        ),
    ),
    "W504": _warning(
        mark("{id}: {count} figures without numerator and denominator cannot be combined"),
        mark("Enter numerator and denominator; percentages are never averaged."),
    ),
    "W505": _warning(
        mark("{id} is far from what it usually is (about {usual})"),
        mark("Compare with the source; if the figure is right, say why in its note."),
    ),
    "W506": _warning(
        mark("{id} has had the same figure for {count} months, since {first}"),
        mark("Check that the month's own figure was entered, not copied from the month before."),
    ),
    "W507": _warning(
        mark("{id} is 0/0 without a source"),
        mark("Say in `source` where it is known from that nothing arose."),
    ),
    "W508": _warning(
        mark("{id} is 0/0, but {statistic} counts {total} {item} in the period"),
        mark("Check whether the figure is missing rather than nothing having arisen."),
    ),
    "W509": _warning(
        mark("{id} is 0/0 in {count} months of {year}"),
        mark("Check with the source; if so little arises, `frequency: quarter` in the plan may fit better."),
    ),
    "W510": _warning(
        mark("{id} rests on no document"),
        mark("Name the decision in `announced: {{document: , date: }}`, or what proves it in `evidence`."),
    ),
    "W511": _warning(
        mark("{id} has the result {value} alone"),
        mark("Enter numerator and denominator; a result alone can be neither checked nor added up."),
    ),
    "W512": _warning(
        mark("{id} is still provisional, though there are figures about {newest}"),
        mark("Enter the final figure, or delete `quality: provisional`."),
    ),
    "W513": _warning(
        mark("the evidence {path} is not in the workspace"),
        mark("Put the file there, or correct the path; a document kept elsewhere has `title` and `kept_at`."),
    ),
    "W514": _warning(
        mark("the evidence {path} is not the file whose hash is stated; it has {found}"),
        mark("Find out who changed the file; only if the new one is right, state its hash."),
    ),
    "W515": _warning(
        mark("{id} has a figure about {period}, which is not over on {today}"),
        mark("Correct the period, or mark the figure with `quality: provisional`."),
    ),
    "W516": _warning(mark("{day} is in the future; today is {today}"), mark("Correct the date.")),
    "W517": _warning(
        mark("“{text}” stands in for a text"), mark("Write what was done, or delete the line until there is something.")
    ),
    "W518": _warning(
        mark("{whole} is {total}, but {parts} of {previous} left {sum}"),
        mark("Compare both with the source: what was left over at the end is carried over to the next period."),
    ),
    "W519": _warning(
        mark("the tally of {id} has {answers} answers, its questions {added}; it is not one of them either"),
        mark(
            "Compare with the forms: the tally is the sum of all questions, or that of one on satisfaction as a whole."
        ),
    ),
    "W520": _warning(
        mark("the survey was held from {begins} to {ends}, outside of {period} ({first} to {last})"),
        mark("Correct the days, or put the figure into the file of the period in which it was held."),
    ),
}
