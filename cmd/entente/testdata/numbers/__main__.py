"""Prints numbers computed from the raw files of the field's datasets, and how the program is asked for each, as JSON.

    ENTENTE_TEST_DATA=FOLDER python3 cmd/entente/testdata/numbers
"""

import json
import sys

import number
import disputes  # noqa: F401 (each adds its numbers)
import versions  # noqa: F401
import states  # noqa: F401
import people  # noqa: F401
import missions  # noqa: F401
import agreements  # noqa: F401
import acts  # noqa: F401
import together  # noqa: F401
import tables  # noqa: F401

json.dump(number.ALL, sys.stdout, ensure_ascii=False, indent=1)
