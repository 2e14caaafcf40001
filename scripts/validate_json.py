#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds report.json files against tests/schema/report.schema.json.

    validate_json.py [--schema FILE] REPORT.json...

Exit status: 0 all valid, 1 one is not, 2 usage, 77 skipped: python3-jsonschema is missing.
Beyond the schema, what it cannot say: the columns of a list have one length, and a number
that is missing has its reason.
"""

import argparse
import json
import pathlib
import sys

SCHEMA = pathlib.Path(__file__).resolve().parent.parent / "tests/schema/report.schema.json"


def columns(measure):
    """Yields the name and length of each column of a list."""
    for name, column in measure.items():
        if name == "parts":
            for part, values in column.items():
                yield f"parts.{part}", len(values)
        elif isinstance(column, list):
            yield name, len(column)


def beyond(report):
    """Yields what is wrong that a schema cannot tell."""
    for number, measure in enumerate(report["measures"]):
        where = f"measures[{number}] ({measure['id']})"
        if "values" in measure:
            lengths = dict(columns(measure))
            if len(set(lengths.values())) > 1:
                yield f"{where}: columns of different lengths: {lengths}"
            if not measure["values"] and measure["undefined"] is None and lengths.get("subjects"):
                yield f"{where}: subjects without values"
        elif (measure["value"] is None) != (measure["undefined"] is not None):
            yield f"{where}: value {measure['value']} with reason {measure['undefined']}"


def main():
    """Checks each file named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--schema", type=pathlib.Path, default=SCHEMA)
    parser.add_argument("reports", nargs="+", metavar="REPORT.json")
    asked = parser.parse_args()
    try:
        import jsonschema
    except ImportError:
        print("validate_json.py: skipped, python3-jsonschema is not installed")
        return 77
    schema = json.loads(asked.schema.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    status = 0
    for path in asked.reports:
        report = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        wrong = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
                 for error in validator.iter_errors(report)]
        for text in wrong or beyond(report):
            print(f"{path}: {text[:300]}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
