from contextlib import suppress


def handler(event, context):
    headers = {}
    with suppress(KeyError):
        headers["Access-Control-Allow-Origin"] = event["headers"]["origin"]
    return {"statusCode": 200, "headers": headers}
