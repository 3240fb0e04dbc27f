import json


def handler(event, context):
    """The exception finds what was written before it."""
    headers = {}
    status = 200
    try:
        order = json.loads(event["body"] or "{}")
        status = 404
        headers["Access-Control-Allow-Origin"] = "*"
        json.loads("{" if "name" not in order else "1")
        status = 201
    except ValueError:
        pass
    return {"statusCode": status, "headers": headers}
