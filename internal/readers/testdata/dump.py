"""Reads YAML files as PyYAML does, and writes each anew as PyYAML does."""

import sys

import yaml

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        value = yaml.safe_load(file)
    with open(name, "w", encoding="utf-8") as file:
        yaml.safe_dump(value, file)
