"""Shows texts that records may hold and that other YAML readers read otherwise.

Whatever is accepted is to be read alike by all of them, dates without quotes
aside. Run by hand, from the root of the repository, with the readers to compare:

    pip install PyYAML ruamel.yaml
    (cd /some/folder && npm install yaml js-yaml)
    python3 internal/record/testdata/readers/compare.py /some/folder [how many [seed]]

It makes texts of what YAML gives a meaning, and of what goes wrong in records.
What it found has become a case of the tests of the package.
"""

import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import ruamel.yaml
import yaml

HERE = "internal/record/testdata/readers"

TOKENS = (
    "a b c name text kind a: b: c: : :: - -- -a ? [ ] { } , # #c ' \" '' \"\" | > |- >+ |2 << = & * ! % @ ` ~ "
    "null Null true TRUE false 1 0 -1 1.5 1e3 .5 5. 012 0x1f 1_000 1:30 08 1:2:3 .inf .nan 2026-01-02 "
    "2026-1-2 12:30 on yes --- ... \\ \\n \\' é 日本 http://a.example a@b.example 'b' \"c\" [a] {a: b} <<: =: +1 +a 0o7 -0 1e 00 "
    "\\x41 \\/ 12e03 1E5 0.0 -.5 1.e1 190:20:30 2026-01-02T10:00:00Z"
).split(" ")
SPACES = [" ", " ", " ", "  ", "\n", "\n", "\n  ", "\n  ", "\n    ", "\t", "\n\t", "", "", "\n- ", "\n  - ", ": ", ", ", " #", "\n# c\n", "\r\n", "\u00a0", "\n\n"]
SEEDS = [
    "kind: partner\nname: Acme\naliases: [a, b]\n",
    "a:\n  b: c\n  d:\n    - e\n    - f: g\n      h: i\n",
    "notes: |\n  one\n  two\nlast: >-\n  three\n\n  four\n",
    "a: \"one two\"\nb: 'three'\nc: {d: 1, e: [2, 3]}\n",
    "- a: b\n  c: d\n- - e\n  - f\n",
    "text: one\n  two\n  three\nafter: 1\n",
    "aliases: [a b:, \"c\"]\n",
    "a: 'one\n  two'\nb: [c,\n  d]\n",
    "a: # comment\n  b\n",
    "? a\n: b\n",
]


def generated(count, chance):
    for number in range(count):
        if number % 3 == 0:
            parts = [chance.choice(TOKENS) + chance.choice(SPACES) for _ in range(chance.randint(1, 8))]
            yield "".join(parts)
        elif number % 3 == 1:
            lines = [f"k{i}: " + " ".join(chance.choice(TOKENS) for _ in range(chance.randint(1, 3))) for i in range(2)]
            yield "\n".join(lines) + "\n"
        else:
            text = chance.choice(SEEDS)
            for _ in range(chance.randint(1, 3)):
                at, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
                end = min(end, at + chance.choice([0, 0, 0, 1, 2]))
                text = text[:at] + chance.choice(TOKENS + SPACES + SPACES) + text[end:]
            yield text


def plain(value):
    """Returns a value with all that JSON does not have marked as such."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"a date": True}
    if isinstance(value, dict):
        return {key if isinstance(key, str) else f"no text: {key}": plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (str, bool, int, float)) or value is None:
        return value
    return {"no JSON": repr(value)}


def attempt(read, text):
    try:
        return [plain(read(text))]
    except Exception:  # whatever it is that a reader says no with
        return []


DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ].*)?")


def same(ours, theirs):
    """Reports whether two readers agree, dates aside."""
    if isinstance(ours, str) and DATE.fullmatch(ours) and theirs == {"a date": True}:
        return True
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return isinstance(ours, bool) == isinstance(theirs, bool) and ours == theirs


def run(command, texts, **options):
    return json.loads(subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, **options).stdout)


def accepted_by_us(texts):
    with tempfile.TemporaryDirectory() as folder:
        files = {"READERS_TEXTS": folder + "/texts", "READERS_VALUES": folder + "/values"}
        with open(files["READERS_TEXTS"], "w", encoding="utf-8") as file:
            json.dump(texts, file)
        subprocess.run(["go", "test", "-count=1", "-run=TestReaders", "./internal/record"], check=True, env=os.environ | files)
        with open(files["READERS_VALUES"], encoding="utf-8") as file:
            return json.load(file)


def main():
    modules, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 9000
    texts = sorted(set(generated(count, random.Random(sys.argv[3] if len(sys.argv) > 3 else "readers"))))
    ours = accepted_by_us(texts)
    with open(HERE + "/readers.mjs", encoding="utf-8") as script:
        readers = run(["node", "--input-type=module", "-e", script.read()], texts, cwd=modules)
    readers["PyYAML"] = [attempt(yaml.safe_load, text) for text in texts]
    readers["ruamel"] = [attempt(ruamel.yaml.YAML(typ="safe", pure=True).load, text) for text in texts]
    accepted = different = 0
    for i, text in enumerate(texts):
        if not ours[i]:
            continue
        accepted += 1
        others = {name: values[i] for name, values in readers.items() if not same(ours[i], values[i])}
        if others:
            different += 1
            print(json.dumps(text, ensure_ascii=False), "is", json.dumps(ours[i][0], ensure_ascii=False))
            for name, value in others.items():
                print(f"    {name}: {json.dumps(value[0], ensure_ascii=False) if value else 'refused'}")
    print(f"of {len(texts)} texts {accepted} are accepted, {different} of them read otherwise by some")


main()
