"""Prints which records of a JSON file are right, as jsonschema sees it without formats: {"jsonschema": [true, …]}."""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
for schema in given["schemas"].values():
    Draft202012Validator.check_schema(schema)
judges = {kind: Draft202012Validator(schema) for kind, schema in given["schemas"].items()}
print(json.dumps({"jsonschema": [judges[record["kind"]].is_valid(record["value"]) for record in given["records"]]}))
