import assert from "node:assert/strict";
import { taken, written } from "./answer-errors";
import { declines, spelled, spells } from "./spell";

describe("writing answerErrors in Python", () => {
  spells(
    "moves the body but for its docstring, and leaves strings of several lines as they are",
    "h.py",
    taken,
    `import json
import os

HEADERS = {}


«fn:def handler(event, context):
    """Answers.

    Always.
    """

    # first
    text = """
one
    two
"""
    if text:  # why

        return {
            "headers": «cors:HEADERS»,
            "body": f"""{text
}""",
        }
    return 'a\\
b'  # last
    # trailing

    # more»
# not mine
`,
    `import json
import logging
import os

HEADERS = {}


def handler(event, context):
    """Answers.

    Always.
    """

    try:
        # first
        text = """
one
    two
"""
        if text:  # why

            return {
                "headers": HEADERS,
                "body": f"""{text
}""",
            }
        return 'a\\
b'  # last
        # trailing

        # more
    except Exception:
        logging.exception("Unhandled error")
        return {
            "statusCode": 500,
            "headers": HEADERS,
            "body": json.dumps({"message": "Internal Server Error"}),
        }
# not mine
`,
  );
  spells(
    "uses the module's logger, tabs, and text where JSON is not at hand",
    "h.py",
    taken,
    `from aws_lambda_powertools import Logger

log = Logger()
HEADERS = {}

@log.inject_lambda_context
«fn:def handler(event: dict, context) -> dict:  # type: ignore
	return {'headers': «cors:HEADERS»}»
`,
    `from aws_lambda_powertools import Logger

log = Logger()
HEADERS = {}

@log.inject_lambda_context
def handler(event: dict, context) -> dict:  # type: ignore
	try:
		return {'headers': HEADERS}
	except Exception:
		log.exception('Unhandled error')
		return {
			'statusCode': 500,
			'headers': HEADERS,
			'body': '{"message": "Internal Server Error"}',
		}
`,
  );
  spells(
    "gives a body on the line of its head lines of its own",
    "h.py",
    written(),
    `from json import dumps
from logging import getLogger
logger = getLogger(__name__)
«fn:def handler(event, context): a = 1; return {"statusCode": 200, "body": dumps({"error": a})}»`,
    `from json import dumps
from logging import getLogger
logger = getLogger(__name__)
def handler(event, context):
    try:
        a = 1; return {"statusCode": 200, "body": dumps({"error": a})}
    except Exception:
        logger.exception("Unhandled error")
        return {
            "statusCode": 500,
            "headers": {"Access-Control-Allow-Origin": "*"},
            "body": dumps({"message": "Internal Server Error"}),
        }`,
  );
  const imports = (before: string, after: string): [string, string] => [
    `${before}«fn:def handler(event, context):\n    return {}»\n`,
    `${after}def handler(event, context):
    try:
        return {}
    except Exception:
        logging.exception("Unhandled error")
        return {
            "statusCode": 500,
            "headers": {"Access-Control-Allow-Origin": "*"},
            "body": '{"message": "Internal Server Error"}',
        }
`,
  ];
  for (const [what, before, after] of [
    ["before what follows it", "import os\n", "import logging\nimport os\n"],
    [
      "behind what precedes it",
      "import boto3\nimport base64  # b\nfrom x import y\n",
      "import boto3\nimport base64  # b\nimport logging\nfrom x import y\n",
    ],
    ["above others", "from x import y\n", "import logging\n\nfrom x import y\n"],
    ["with those of the library", "from os import x\n", "import logging\nfrom os import x\n"],
    ["alone", "", "import logging\n\n"],
    ["under a docstring", '"""Doc."""\n', '"""Doc."""\nimport logging\n'],
    ["not again", "import logging\n", "import logging\n"],
    ["not again for a part", "import logging.handlers\n", "import logging.handlers\n"],
  ] as const)
    spells(`imports logging ${what}`, "h.py", written(), ...imports(before, after));
  spells(
    "logs by the name under which logging was imported",
    "h.py",
    written(),
    ...(imports("import logging as lg\n", "import logging as lg\n").map((text) =>
      text.replace("logging.exception", "lg.exception"),
    ) as [string, string]),
  );
  it("keeps the line endings of the file", async () => {
    const before = `import os\n\n\n«fn:def handler(event, context):\n    return 1»\n`;
    const unix = await spelled("h.py", before, written());
    const windows = await spelled("h.py", before.replaceAll("\n", "\r\n"), written());
    assert.equal(windows, unix?.replaceAll("\n", "\r\n"));
  });
  for (const [what, text] of [
    ["a coroutine", "«fn:async def handler(event, context):\n    return 1»\n"],
    ["a docstring alone", '«fn:def handler(event, context):\n    """Doc."""»\n'],
    ["a docstring that shares its line", '«fn:def handler(e, c):\n    """Doc."""; return 1»\n'],
    [
      "logging of another kind",
      "from x import logging\n\n\n«fn:def handler(e, c):\n    return 1»\n",
    ],
    ["a lambda", "handler = «fn:lambda event, context: 1»\n"],
  ] as const)
    declines(what, "h.py", written(), text);
});
